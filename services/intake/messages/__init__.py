"""What intake publishes, reads and exchanges with partners, as it goes over the wire."""
