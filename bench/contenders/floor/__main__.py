"""Runs one of the services: `python -m bench.contenders.floor <service>`."""

import gc
import os
import sys

from bench.contenders.floor.process import Process
from bench.contenders.floor.store import Store

if len(sys.argv) != 2:
    sys.exit("usage: python -m bench.contenders.floor <service>")
process = Process(sys.argv[1], os.environ["BROKER_URL"], Store(os.environ["DATABASE_URL"]))
gc.freeze()  # what is loaded by now stays: no collection need look through it
process.run()
