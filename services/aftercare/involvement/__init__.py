"""What of a case do people see of the municipality where somebody returns, and of the provider of an assignment?"""
