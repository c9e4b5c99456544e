"""What does the operators' manual say, in Dutch, of a problem or an alert?"""
