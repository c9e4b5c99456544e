"""Runs one of the services: python -m bench.contenders.stock_nameko <service>."""

# ruff: noqa: E402
import os

import eventlet

eventlet.monkey_patch()
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")

import sys
from importlib import import_module

from shared.configuration import from_environment
from shared.runner import run_service

service = import_module(f"bench.contenders.stock_nameko.{sys.argv[1]}").Service
run_service(service, from_environment(service.settings))
