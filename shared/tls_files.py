"""The files with which one end of a TLS link shows who it is, and checks who is at the other end."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

SERVER = "server"
"""The name of a server's own files, beside those of its clients."""


class TlsFiles(NamedTuple):
    """In PEM: the CA that signs for both ends, and a certificate of one's own with its key."""

    ca: Path
    certificate: Path
    key: Path

    def in_database_url(self) -> str:
        """For libpq: the query of a `postgresql://` URL. The server's name is checked."""
        options = {"sslmode": "verify-full", "sslrootcert": self.ca, "sslcert": self.certificate, "sslkey": self.key}
        return "&".join(f"{name}={quote(str(value))}" for name, value in options.items())

    def in_amqp_url(self) -> str:
        """For pika: the query of an `amqps://` URL. The broker's name is checked."""
        options = {"ca_certs": str(self.ca), "certfile": str(self.certificate), "keyfile": str(self.key)}
        return f"ssl_options={quote(repr(options))}"
