"""Everybody in the house's year: partners over AMQP with their own users, people over HTTP with their own tokens."""
