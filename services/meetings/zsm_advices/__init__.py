"""What does the prosecutor hear of a case at a table, before it decides?"""
