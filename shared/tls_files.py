"""The files of one end of a TLS link."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

SERVER = "server"
"""The name of the server's files; a client's files have the client's name."""


class TlsFiles(NamedTuple):
    """PEM files: the CA of both ends, and the certificate and key of this end."""

    ca: Path
    certificate: Path
    key: Path

    def in_database_url(self) -> str:
        """The query of a `postgresql://` URL for libpq, which checks the server's name."""
        options = {"sslmode": "verify-full", "sslrootcert": self.ca, "sslcert": self.certificate, "sslkey": self.key}
        return "&".join(f"{name}={quote(str(value))}" for name, value in options.items())

    def in_amqp_url(self) -> str:
        """The query of an `amqps://` URL for pika, which checks the broker's name."""
        options = {"ca_certs": str(self.ca), "certfile": str(self.certificate), "keyfile": str(self.key)}
        return f"ssl_options={quote(repr(options))}"
