"""Runs the service: python -m services.intake."""

# ruff: noqa: E402
import os

import eventlet

eventlet.monkey_patch()
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")

from services.intake.service import Intake
from services.intake.settings import IntakeSettings
from shared.configuration import from_environment
from shared.runner import run_service

run_service(Intake, from_environment(IntakeSettings))
