"""What intake does: one use case each."""
