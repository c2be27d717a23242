"""What the documents say is what the code does."""

import json
import re
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command, get_commands

from factcheck import settings as read_settings
from tests.faults import table
from tests.meta.fresh_processes import SOUND, fresh_processes

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `([A-Z_]+)` \| ([^|]*) \| (.*) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def processes():
    with fresh_processes() as running:
        yield running


def test_settings_document_lists_every_variable_with_its_meaning():
    rows = {name: meaning for name, _, meaning in ROW.findall((ROOT / "docs/settings.md").read_text())}
    assert rows == {name: variable.meaning for name, variable in read_settings.ENV.declared.items()}


def test_settings_document_gives_the_defaults():
    rows = {name: default.strip("` ") for name, default, _ in ROW.findall((ROOT / "docs/settings.md").read_text())}
    rows.pop("BASE_URL")
    # DATA_DIR and the like may be set for this run: the declared default is what counts
    assert rows == {n: v.default for n, v in read_settings.ENV.declared.items() if n != "BASE_URL"}


def test_settings_are_named_in_the_readme_only_if_they_exist():
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", (ROOT / "README.md").read_text()))
    assert named <= set(read_settings.ENV.declared)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("REQUIRED_APPROVALS", "0", "must be between 1 and 20"),
        ("QUEUE_THRESHOLD", "2", "between 0 and 1"),
        ("PORT", "many", "is not a whole number"),
        ("DEBUG", "perhaps", "use 1 or 0"),
        ("SECRET_KEY", "short", "too weak"),
        ("BASE_URL", "desk.example.org", "must be scheme and host"),
        ("DATABASE_URL", "mysql://desk@127.0.0.1/desk", "must name PostgreSQL"),
    ],
)
def test_a_setting_that_cannot_be_stops_the_start_with_a_sentence(processes, name, value, said):
    done = processes.run("import factcheck.settings", {**SOUND, name: value})
    assert done.status != 0
    assert said in done.err.splitlines()[-1]


FIXED_IN_THE_IMAGE = {"DATA_DIR", "HOST", "PORT", "DEBUG"}
INTERPOLATED = re.compile(r"\$\{([A-Z_]+)[:}]")


def composed():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


@pytest.mark.parametrize("role", ["migrate", "web", "worker", "beat"])
def test_every_setting_reaches_every_process_of_the_composition(role):
    service = composed()[role]
    given = set(service["environment"]) | {"WEB_PROCESSES", "WEB_THREADS", "WORKER_PROCESSES"}
    assert given == set(read_settings.ENV.declared) - FIXED_IN_THE_IMAGE


def test_the_composition_takes_how_much_at_once_from_the_settings():
    assert set(INTERPOLATED.findall(composed()["web"]["command"])) == {"WEB_PROCESSES", "WEB_THREADS"}
    assert INTERPOLATED.findall(composed()["worker"]["command"]) == ["WORKER_PROCESSES"]


@pytest.fixture
def database_of(processes):
    """`database_of(NAME=value)`: the database as the settings give it in that environment."""
    told = "import json; from factcheck import settings as s; print(json.dumps(s.DATABASES['default'], default=str))"

    def read(**env):
        done = processes.run(told, {**SOUND, **env})
        assert done.status == 0, done.err
        return json.loads(done.out)

    return read


def test_a_password_of_any_characters_reaches_the_database(database_of):
    password = "p@ss:w/o#r?d%41 $x"
    given = database_of(DATABASE_URL=composed()["web"]["environment"]["DATABASE_URL"], DATABASE_PASSWORD=password)
    assert (given["USER"], given["PASSWORD"], given["HOST"], given["NAME"]) == ("desk", password, "postgres", "desk")


@pytest.mark.parametrize(("pooled", "prepares"), [("0", True), ("1", False)])
def test_nothing_is_kept_on_connections_that_a_pooler_hands_on(database_of, pooled, prepares):
    given = database_of(DATABASE_URL="postgres://desk@pooler:6432/desk", DATABASE_POOLED=pooled)
    assert (given["OPTIONS"]["prepare_threshold"] is not None) is prepares
    assert given["DISABLE_SERVER_SIDE_CURSORS"] is not prepares


@pytest.mark.parametrize(("preload", "promised"), [("", False), ("1", True)])
def test_strict_transport_is_promised_for_subdomains_only_on_request(processes, preload, promised):
    told = "from factcheck import settings as s; print(s.SECURE_HSTS_PRELOAD, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
    env = {**SOUND, "HSTS_PRELOAD": preload, "BASE_URL": "https://desk.example.org"}
    assert processes.run(told, env).out.split() == [str(promised)] * 2


def test_every_command_named_in_the_documents_exists():
    known = set(get_commands())
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        named = set(re.findall(r"(?:manage\.py|\./dev manage) ([a-z_]+)", path.read_text()))
        assert named <= known, f"{path.name}: {named - known}"


@pytest.mark.django_db
def test_the_committed_api_schema_is_current():
    call_command("openapi", check=True)


def test_links_between_documents_lead_somewhere():
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name} -> {target}"


def test_the_reliability_document_is_made_of_the_records():
    assert (ROOT / "docs/reliability.md").read_text() == table.render()
