"""Runs the service: python -m services.meetings."""

# ruff: noqa: E402
import os

import eventlet

eventlet.monkey_patch()
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")

from services.meetings.service import Meetings
from shared.configuration import ServiceSettings, from_environment
from shared.runner import run_service

run_service(Meetings, from_environment(ServiceSettings))
