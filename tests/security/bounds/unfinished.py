"""Messages whose last byte never comes."""

from pika import frame, spec

from tests.security.raw_connection import RawConnection


def leave_unfinished(connection: RawConnection, exchange: str, channels: int, message_bytes: int) -> None:
    """Announces a message on each of so many channels and sends all of it but the last byte. Raises BrokerClosed."""
    for channel in range(1, channels + 1):
        connection.send([(channel, spec.Channel.Open())])
        connection.next_method()
        connection.send([(channel, spec.Basic.Publish(exchange=exchange))])
        connection.send_bytes(frame.Header(channel, message_bytes, spec.BasicProperties()).marshal())
        left = message_bytes - 1
        while left:
            part = min(left, connection.frame_bytes - 8)
            connection.send_bytes(frame.Body(channel, bytes(part)).marshal())
            left -= part
