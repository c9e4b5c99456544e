"""Runs the service: python -m services.aftercare."""

# ruff: noqa: E402
import os

import eventlet

eventlet.monkey_patch()
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")

from services.aftercare.service import Aftercare
from services.aftercare.settings import AftercareSettings
from shared.configuration import from_environment
from shared.runner import run_service

run_service(Aftercare, from_environment(AftercareSettings))
