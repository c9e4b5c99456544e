"""Runs the desk until SIGTERM or SIGINT: `python -m desk`."""

import signal
import sys

import waitress

from desk.application import application_of, parts_of
from desk.settings import DeskSettings
from desk.upkeep import start_upkeep
from shared.configuration.profiles import ProfilesError
from shared.configuration.settings import SettingsError, from_environment
from shared.observability.logs import configure_logging, get_logger

THREADS = 8
LONGEST_HEADERS = 64 * 1024
MOST_CONNECTIONS = 400
SILENT_SECONDS = 60


def main() -> None:
    """Requests in hand are answered before the end."""
    settings = from_environment(DeskSettings)
    configure_logging("desk", settings.log_level)
    made = parts_of(settings)
    application = application_of(made)
    start_upkeep(made)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = waitress.create_server(
        application,
        host=settings.address.host,
        port=settings.address.port,
        threads=THREADS,
        ident=None,
        expose_tracebacks=False,
        max_request_header_size=LONGEST_HEADERS,
        max_request_body_size=application.config["MAX_CONTENT_LENGTH"],
        connection_limit=MOST_CONNECTIONS,
        channel_timeout=SILENT_SECONDS,
        clear_untrusted_proxy_headers=False,  # ProxyFix believes as many as there are proxies
    )
    get_logger().info("desk started", address=str(settings.address))
    server.run()  # ends at SystemExit, when its threads have answered
    get_logger().info("desk stopped")


if __name__ == "__main__":
    try:
        main()
    except (SettingsError, ProfilesError) as error:
        sys.exit(str(error))
