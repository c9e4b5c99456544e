"""What do the metrics of all processes say of the platform at this moment?"""
