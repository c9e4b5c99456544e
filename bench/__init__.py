"""The platform against others, side by side on one machine."""
