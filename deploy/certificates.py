"""Certificates of an installation's own: a private CA, one certificate for its servers and one for each client."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from deploy.credentials import write_private
from shared.tls_files import SERVER, TlsFiles

AUTHORITY = "ca"
AUTHORITY_LIFE, LIFE = timedelta(days=3650), timedelta(days=730)
RENEW_BEFORE = timedelta(days=90)
"""What ends sooner than that is made again; a platform is to be started once in that time."""
SKEW = timedelta(hours=1)
THIS_MACHINE: Mapping[str, Sequence[str]] = MappingProxyType({SERVER: ("localhost", "127.0.0.1")})
"""The one server of a stack on one machine, and where it is reached."""
LONGEST_NAME = 64  # X.509's limit; only the databases compare names, and those of their roles are shorter


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def authority(cls, now: datetime) -> "Issued":
        """A new CA."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _named("Ketenhuis")
        builder = _begun(name, name, key.public_key(), now, AUTHORITY_LIFE)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
        return cls(builder.sign(key, hashes.SHA256()), key)

    def issue(self, name: str, now: datetime, *, hosts: Sequence[str] = ()) -> "Issued":
        """A certificate that this CA signs: of the server that is reached at these hosts; without any, of a client."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _begun(_named(name), self.certificate.subject, key.public_key(), now, LIFE)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
        role = ExtendedKeyUsageOID.SERVER_AUTH if hosts else ExtendedKeyUsageOID.CLIENT_AUTH
        builder = builder.add_extension(x509.ExtendedKeyUsage([role]), critical=False)
        signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(signer, critical=False)
        if hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName(map(_host, hosts)), critical=False)
        return Issued(builder.sign(self.key, hashes.SHA256()), key)

    def write(self, directory: Path, name: str) -> None:
        """For the owner only."""
        unencrypted = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        pem = serialization.Encoding.PEM
        write_private(directory / f"{name}.key", self.key.private_bytes(pem, *unencrypted).decode())
        write_private(directory / f"{name}.pem", self.certificate.public_bytes(pem).decode())

    @classmethod
    def read(cls, directory: Path, name: str) -> "Issued":
        """One that `write` wrote."""
        certificate = x509.load_pem_x509_certificate((directory / f"{name}.pem").read_bytes())
        key = serialization.load_pem_private_key((directory / f"{name}.key").read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return cls(certificate, key)


@dataclass(frozen=True)
class Certificates:
    """All of an installation's: `<name>.pem` and `<name>.key` in one directory, `ca` among them."""

    directory: Path

    def of(self, name: str) -> TlsFiles:
        """The files of a client, by the name of its user or role, or of a server."""
        files = (self.directory / file for file in (f"{AUTHORITY}.pem", f"{name}.pem", f"{name}.key"))
        return TlsFiles(*files)

    def provide(
        self, clients: Iterable[str], now: datetime, servers: Mapping[str, Sequence[str]] = THIS_MACHINE
    ) -> None:
        """Makes those that are missing or end soon. After a new CA every one is made again.

        servers: the hosts of each by its name.
        """
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._serves(AUTHORITY, now):
            Issued.authority(now).write(self.directory, AUTHORITY)
        authority = Issued.read(self.directory, AUTHORITY)
        for name, reached_at in {**servers, **dict.fromkeys(clients, ())}.items():
            if not self._serves(name, now):
                authority.issue(name, now, hosts=reached_at).write(self.directory, name)

    def _serves(self, name: str, now: datetime) -> bool:
        """Whether it is there with its key, signed by the CA that is there, and lasts."""
        files = self.of(name)
        if not all(file.exists() for file in files):
            return False
        authority = x509.load_pem_x509_certificate(files.ca.read_bytes())
        certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
        key = serialization.load_pem_private_key(files.key.read_bytes(), None)
        try:
            certificate.verify_directly_issued_by(authority)
        except (InvalidSignature, ValueError):
            return False
        lasts = certificate.not_valid_after_utc > now + RENEW_BEFORE
        return lasts and certificate.public_key() == key.public_key()


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - SKEW).not_valid_after(now + life)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:LONGEST_NAME])])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
