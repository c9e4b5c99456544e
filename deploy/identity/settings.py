"""The settings file of the provider on one machine: server.mjs beside this file reads it."""

import json
from base64 import b64decode, urlsafe_b64encode
from dataclasses import asdict
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from deploy.credentials import Credentials
from deploy.identity.persons import Directory
from deploy.topology import DESK

AUDIENCE = "ketenhuis"
ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def settings_text(issuer: str, desk_url: str, directory: Directory, credentials: Credentials) -> str:
    """JSON: addresses, keys (the first signs, all are published), and who can sign in with which secret."""
    secrets, passwords = credentials.clients, credentials.persons
    settings = {
        "issuer": issuer,
        "audience": AUDIENCE,
        "keys": [signing_key(key) for key in credentials.identity_key.split(",")],
        "desk": {"id": DESK, "secret": secrets[DESK], "url": desk_url},
        "persons": [
            asdict(person) | {"passwordSha256": sha256(passwords[person.login].encode()).hexdigest()}
            for person in directory.persons
        ],
        "programs": [asdict(program) | {"secret": secrets[program.id]} for program in directory.programs],
    }
    return json.dumps(settings, indent=1)


def signing_key(key: str) -> dict[str, str]:
    """The private JWK (ES256) of a numbered key, such as `1:kP4…=`."""
    drawn = int.from_bytes(b64decode(key.partition(":")[2]))
    secret = ec.derive_private_key(drawn % (ORDER_OF_P256 - 1) + 1, ec.SECP256R1()).private_numbers()
    numbers = {"x": secret.public_numbers.x, "y": secret.public_numbers.y, "d": secret.private_value}
    return {"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig"} | {
        name: urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("=") for name, number in numbers.items()
    }
