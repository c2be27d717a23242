"""TLS is for the name that was asked, though the connection goes to an address."""

import shutil
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from factcheck.net import fetching, refusals
from factcheck.net.fetching import fetch

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="makes its certificate with openssl")


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of news.example that vouches for itself, and its key."""
    made, key = tmp_path / "made.pem", tmp_path / "key.pem"
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    return made, key


@pytest.fixture
def secure(certificate, settings, monkeypatch):
    """A TLS server on loopback under the names of news.example and other.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    names = []
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def serve() -> None:
        while True:
            try:
                accepted, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(accepted, server_side=True) as sock:
                    sock.recv(65_536)
                    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe")
            except OSError:
                accepted.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.OUTBOUND_PRIVATE = frozenset({f"127.0.0.1:{port}"})
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)
    fetching._tls.cache_clear()
    yield port, names
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()
    fetching._tls.cache_clear()


def test_a_certificate_that_nobody_vouches_for_is_refused(secure):
    port, _ = secure
    with pytest.raises(refusals.CertificateInvalid) as refused:
        fetch(f"https://news.example:{port}/")
    assert not refused.value.is_temporary


def test_the_name_is_asked_for_and_checked(secure, certificate):
    port, names = secure
    fetching._tls().load_verify_locations(certificate[0])
    assert fetch(f"https://news.example:{port}/").body == b"safe"
    with pytest.raises(refusals.CertificateInvalid):
        fetch(f"https://other.example:{port}/")
    assert names == ["news.example", "other.example"]
