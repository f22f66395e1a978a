"""Certificates for loopback: one that nobody but itself has signed, and an authority that signs any name."""

from __future__ import annotations

import ipaddress
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def self_signed(folder: Path) -> tuple[Path, Path]:
    """-> the files of the certificate and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    loopback = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = _unsigned("loopback", "loopback", key, serial=7).add_extension(loopback, critical=False)
    return _written(made.add_extension(_MAY_SIGN, critical=True).sign(key, hashes.SHA256()), key, folder, "")


@dataclass
class Authority:
    """Signs a certificate for every name that is asked for. ``file`` is its own, for those who shall trust it;
    ``of_nobody`` are a certificate and a key that it did not sign."""

    folder: Path
    file: Path
    key: ec.EllipticCurvePrivateKey
    of_nobody: tuple[Path, Path]
    _contexts: dict[str, ssl.SSLContext] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def founded(cls, folder: Path) -> Self:
        """A new one, its files in that folder."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _unsigned("authority", "authority", key, serial=1).add_extension(_MAY_SIGN, critical=True)
        file, _ = _written(made.sign(key, hashes.SHA256()), key, folder, "authority-")
        return cls(folder, file, key, self_signed(folder))

    def context_for(self, name: str) -> ssl.SSLContext:
        """A server's context with a certificate for that host."""
        with self._lock:
            if name not in self._contexts:
                key = ec.generate_private_key(ec.SECP256R1())
                serial = len(self._contexts) + 10
                names = x509.SubjectAlternativeName([x509.DNSName(name)])
                made = _unsigned(name[:60], "authority", key, serial=serial).add_extension(names, critical=False)
                files = _written(made.sign(self.key, hashes.SHA256()), key, self.folder, f"{serial}-")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(*files)
                self._contexts[name] = context
            return self._contexts[name]


_MAY_SIGN = x509.BasicConstraints(ca=True, path_length=None)


def _unsigned(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, *, serial: int) -> x509.CertificateBuilder:
    today = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])


def _written(
    certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey, folder: Path, prefix: str
) -> tuple[Path, Path]:
    pem, private = folder / f"{prefix}cert.pem", folder / f"{prefix}key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, private
