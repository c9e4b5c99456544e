"""How the operators' page comes to its picture of the platform."""
