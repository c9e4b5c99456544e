"""What goes over the wire: the events read, and the reports as they are given."""
