"""Runs one of the services: `python -m bench.contenders.faststream <service>`."""

import sys

import uvloop

from bench.contenders.faststream.application import application

if len(sys.argv) != 2:
    sys.exit("usage: python -m bench.contenders.faststream <service>")
uvloop.run(application(sys.argv[1]).run())
