"""What became of the bottlenecks of a plan."""
