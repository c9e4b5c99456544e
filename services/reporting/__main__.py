"""Runs the service: python -m services.reporting."""

# ruff: noqa: E402
import os

import eventlet

eventlet.monkey_patch()
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")

from services.reporting.service import Reporting
from services.reporting.settings import ReportingSettings
from shared.configuration import from_environment
from shared.runner import run_service

run_service(Reporting, from_environment(ReportingSettings))
