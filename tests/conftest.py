"""Fixtures of the whole suite."""

import itertools
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient

from factcheck.accounts import people, tokens
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.events import reading
from factcheck.jobs import wake
from tests.harness import sabotage
from tests.harness.records import record as record
from tests.lifting import lifted

if os.environ.get("SABOTAGE"):
    sabotage.apply(os.environ["SABOTAGE"])

PASSWORD = "correct-horse-battery"
NUMBERS = itertools.count()

# How long generated input takes says something of the machine, and nothing of the desk.
settings.register_profile("desk", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("desk")


def _wait_for_no_disk(connection: BaseDatabaseWrapper, **_: object) -> None:
    """No test outlives a power cut, so none waits until its rows are on the disk;
    that the product's own processes do is in their settings, which stay as they are."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


connection_created.connect(_wait_for_no_disk)


def pytest_make_parametrize_id(val: object) -> str | None:
    """A text of a megabyte is named by its start: the names of the tests are sent
    between the processes of a run, and kept from one run to the next."""
    if isinstance(val, str | bytes) and len(val) > 1000:
        start = val[:40] if isinstance(val, str) else val[:40].decode("latin-1")
        return f"{start.encode('unicode_escape').decode()}... {len(val)} long"
    return None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: begun last, it would keep one process at work and the other waiting."""
    items.sort(key=lambda item: item.get_closest_marker("flow") is None)


@pytest.fixture(autouse=True, scope="session")
def _flush_with_triggers_lifted() -> Iterator[None]:
    """The flush after a test that commits deletes from append-only tables."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with lifted():
            original(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture
def events_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events are read without waiting for older transactions: on PostgreSQL those
    of every database count, and other tests run beside this one on the same
    server. That they are waited for is shown in test_events_reading."""
    monkeypatch.setattr(reading, "_NOBODY_BEFORE_IT", "TRUE")


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the test's own. pytest finds a free number for it by reading the
    names of all before it, which after thousands takes longer than most tests."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{name}{next(NUMBERS)}"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path: Path) -> Iterator[None]:
    """Each test has a DATA_DIR and a broker of its own, and plain static files."""
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    for name in ("queue", "done", "control"):
        (tmp_path / "broker" / name).mkdir(parents=True)
    if settings.REDIS_URL is None:
        settings.CELERY_BROKER_TRANSPORT_OPTIONS = {
            **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
            "data_folder_in": str(tmp_path / "broker" / "queue"),
            "data_folder_out": str(tmp_path / "broker" / "queue"),
            "processed_folder": str(tmp_path / "broker" / "done"),
            "control_folder": str(tmp_path / "broker" / "control"),
        }
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    wake.reset()
    yield
    wake.reset()


@pytest.fixture
def person(db) -> Callable[..., User]:
    """`person("olena", Role.CHECKER)` makes an account with roles."""

    def make(username: str, *roles: Role) -> User:
        return people.create(username=username, roles=roles, actor=None, password=PASSWORD)

    return make


@pytest.fixture
def client_of() -> Callable[..., APIClient]:
    """`client_of(user)` makes an API client with a token of that user."""

    def make(user: User, *scopes: str) -> APIClient:
        token = tokens.create(user=user, name="test", scopes=scopes or ["all"], actor=None)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return client

    return make


@pytest.fixture(scope="session")
def kursk_text() -> str:
    """The real article, as it came."""
    path = Path(__file__).parent.parent / "seeds" / "articles" / "kursk-2025-03-14.txt"
    text = path.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[1]
