"""The floor: messages over the platform's hops with inbox, state and outbox, and nothing else."""
