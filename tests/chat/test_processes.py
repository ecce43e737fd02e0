"""One pool of connections for each process, also after a fork; nobody else's certificates."""

import os
import ssl
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apiflask import APIFlask
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portfolio.services.chat.wording import word_answer
from portfolio.services.wording.wordsmith import describe_wording
from tests.ai.wording.evidence import found
from tests.chat.model_server import ModelServer

FOUND = found("Wrote the scheduler in Rust at Norlund.")


def test_parent_and_child_ask_on_connections_of_their_own(
    app: APIFlask, environment: dict[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chat.forking"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_certificate_that_nobody_vouches_for_is_refused(
    make_wording: Callable[..., APIFlask], tmp_path: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    with ModelServer(tls=context) as server:
        url = server.url.replace("http:", "https:")
        with make_wording(LLM_BASE_URL=url).app_context():
            assert word_answer("What?", FOUND, seconds=10) is None
            described = describe_wording()
    assert server.seen == []
    assert described is not None
    assert described["counts"]["unreachable"] == 1


def self_signed(folder: Path) -> Path:
    """A file with a certificate of 127.0.0.1 by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "own.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
    return path
