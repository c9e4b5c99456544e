"""What intake keeps, with all that says who a person is encrypted."""
