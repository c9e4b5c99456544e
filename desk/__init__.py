"""The pages for people: a WSGI program that knows no service from inside, no nameko, no eventlet and no RabbitMQ."""
