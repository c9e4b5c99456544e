"""What a provider asks to be paid, out of what it was promised."""
