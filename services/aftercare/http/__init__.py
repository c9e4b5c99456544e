"""What aftercare offers over HTTP, by subject."""
