"""Readiness and the doctor: plain words outside, the rest in the log."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from structlog.testing import capture_logs

from factcheck import health
from tests.harness.ports import free_port

pytestmark = pytest.mark.django_db
SECRET = 'connection to server at "10.1.2.3" failed: password authentication failed for user "desk"'


def _database():
    raise OperationalError(SECRET)


def test_readiness_tells_nothing_of_what_the_database_said(monkeypatch):
    monkeypatch.setattr(health, "READY", (_database,))
    with capture_logs() as logs:
        answer = Client().get("/readyz")
    assert answer.status_code == 503
    [check] = answer.json()["checks"]
    assert (check["name"], check["detail"]) == ("database", "the database does not answer")
    assert "10.1.2.3" not in answer.content.decode()
    assert any(SECRET in line.get("error", "") for line in logs)


@pytest.fixture
def web(settings):
    """Something that listens where the web server should, with this status."""
    served = []

    def start(status):
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args):
                pass

        server = HTTPServer(("127.0.0.1", 0), Answer)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        served.append((server, thread))
        settings.PORT = server.server_address[1]

    yield start
    for server, thread in served:
        server.shutdown()
        thread.join()
        server.server_close()


def told(capsys, *arguments):
    with pytest.raises(SystemExit):
        call_command("doctor", "--json", *arguments)
    return {check["name"]: check for check in json.loads(capsys.readouterr().out)}


def test_doctor_asks_the_web_server(web, capsys):
    web(200)
    assert told(capsys)["web"]["ok"]


def test_doctor_names_a_web_server_that_fails(web, capsys):
    web(500)
    assert told(capsys)["web"]["detail"] == "/healthz answers 500"


def test_doctor_names_a_web_server_that_is_down(settings, capsys):
    settings.PORT = free_port()
    check = told(capsys)["web"]
    assert (check["ok"], check["detail"]) == (False, "the web server does not answer")
    assert "./dev run" in check["fix"]


def test_doctor_leaves_out_what_it_is_told_to(capsys):
    assert "web" not in told(capsys, "--skip", "web")
