"""Who is detained, and on which day the person comes out."""
