-- The trigger of 0007 classifies the messages that are parked already. On its own, so that workers can read and park meanwhile.

UPDATE parked SET reason = NULL;
