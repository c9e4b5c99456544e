"""What of a case do people see whose organisation referred it, or is asked about it?"""
