"""FastStream on RabbitMQ with psycopg's async pool: inbox and outbox too, and one transaction for each message."""
