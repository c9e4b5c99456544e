"""What a provider is asked to do, and how it hears of it."""
