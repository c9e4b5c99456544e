"""What aftercare does: one use case each."""
