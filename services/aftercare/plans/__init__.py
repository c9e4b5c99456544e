"""With which plan somebody leaves detention, or why with none."""
