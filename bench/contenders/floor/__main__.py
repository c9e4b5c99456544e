"""Runs one of the services: `python -m bench.contenders.floor <service>`."""

import os
import sys

from bench.contenders.floor.process import Process
from bench.contenders.floor.store import Store
from shared.collecting import collect_seldom

if len(sys.argv) != 2:
    sys.exit("usage: python -m bench.contenders.floor <service>")
process = Process(sys.argv[1], os.environ["BROKER_URL"], Store(os.environ["DATABASE_URL"]))
collect_seldom()
process.run()
