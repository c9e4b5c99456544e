"""What of a case do people see whose organisation holds it, or has something to do in its plan?"""
