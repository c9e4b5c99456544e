"""The events that weighing publishes and reads, as they go over the wire."""
