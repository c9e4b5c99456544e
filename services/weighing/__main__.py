"""Runs the service: python -m services.weighing."""

# ruff: noqa: E402
import os

import eventlet

eventlet.monkey_patch()
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")

from services.weighing.service import Weighing
from shared.configuration import ServiceSettings, from_environment
from shared.runner import run_service

run_service(Weighing, from_environment(ServiceSettings))
