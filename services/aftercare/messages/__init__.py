"""What goes over the wire: events read and published, commands and look-ups of the HTTP API."""
