"""A partner's system at the end of a year."""

from unittest.mock import Mock

from pika.exceptions import StreamLostError

from replay.players.partner import PartnerSystem


def test_a_connection_that_was_lost_unnoticed_is_closed_all_the_same() -> None:
    connection = Mock(is_open=True)
    connection.close.side_effect = StreamLostError("reset by peer")
    system = PartnerSystem(lambda: connection, "a-house.police")
    system.listen()
    system.close()
    connection.close.assert_called_once()
