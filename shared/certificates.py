"""When the certificates of a process end, so that somebody renews them before."""

from collections.abc import Sequence
from functools import partial
from math import nan
from pathlib import Path

from cryptography import x509
from psycopg.conninfo import conninfo_to_dict

from shared.configuration import ProcessSettings
from shared.observability.messaging import CERTIFICATES_END


def tell_when_certificates_end(settings: ProcessSettings) -> None:
    """Have the metric say it from now on, of the files as they are at the moment when it is asked for."""
    if files := certificate_files(settings):
        CERTIFICATES_END.set_function(partial(first_end, files))


def certificate_files(settings: ProcessSettings) -> list[Path]:
    """The process's own certificates and CAs, for broker and database; empty without TLS."""
    database = conninfo_to_dict(settings.database_url)
    broker = (settings.broker_ca, settings.broker_certificate)
    return [Path(str(file)) for file in (*broker, database.get("sslrootcert"), database.get("sslcert")) if file]


def first_end(files: Sequence[Path]) -> float:
    """Seconds since the epoch; not a number if a file cannot be read."""
    try:
        found = [each for file in files for each in x509.load_pem_x509_certificates(file.read_bytes())]
    except (OSError, ValueError):
        return nan
    return min(each.not_valid_after_utc.timestamp() for each in found)
