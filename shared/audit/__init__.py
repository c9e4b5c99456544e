"""Who did what: the audit log of a service, and the chain of seals that shows whether somebody changed it."""
