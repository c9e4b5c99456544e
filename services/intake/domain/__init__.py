"""The rules of the door: who a message is about, what may come in, what is weighed."""
