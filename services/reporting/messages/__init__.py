"""What goes over the wire: the events read, and the report as it is given."""
