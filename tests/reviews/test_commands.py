"""load_scale and export_reports from the command line."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from factcheck import canonical
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from reviews.models import Rating, RatingScale
from reviews.services import scales
from tests import factories

pytestmark = pytest.mark.django_db
PRESETS = sorted((Path(__file__).resolve().parents[2] / "seeds" / "scales").glob("*.json"))


def run(command, *args):
    out, err = io.StringIO(), io.StringIO()
    call_command(command, *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_new_desk_has_the_standard_scale():
    scale = RatingScale.objects.get()
    assert (scale.slug, scale.version, scale.default_since is not None) == ("standard", 1, True)
    scales.install_default()
    assert RatingScale.objects.count() == 1


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_presets_load_and_can_be_made_the_default(path):
    out, _ = run("load_scale", str(path), "--default")
    slug, version = out.split()
    scale = RatingScale.objects.get(slug=slug, version=version)
    assert scale.default_since is not None
    assert RatingScale.objects.filter(default_since__isnull=False).count() == 1
    numbers = [n for n in scale.ratings.order_by("position").values_list("number", flat=True) if n is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert AuditEvent.objects.filter(action="scale.made_default", subject_id=str(scale.pk)).exists()
    assert verify() == []


def test_presets_are_there():
    assert {"politifact-like", "snopes-like"} <= {path.stem for path in PRESETS}


def test_loading_the_same_scale_again_adds_nothing_and_a_changed_one_a_version(tmp_path):
    data = json.loads(PRESETS[0].read_text())
    path = tmp_path / "scale.json"
    path.write_text(json.dumps(data))
    assert run("load_scale", str(path))[0] == run("load_scale", str(path))[0]
    data["ratings"][0]["meaning"] = "Another meaning."
    path.write_text(json.dumps(data))
    assert run("load_scale", str(path))[0].split() == [data["slug"], "2"]
    assert RatingScale.objects.get(slug=data["slug"], version=1).ratings.get(position=1).meaning != "Another meaning."
    run("load_scale", "standard", "--default")
    assert RatingScale.objects.get(default_since__isnull=False).slug == "standard"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "A scale is an object"),
        ({"name": "x"}, "/ratings: A scale has 2 to 30 ratings"),
        ({"name": "", "ratings": [{"label": "a"}, {"label": "b"}]}, "/name"),
        ({"name": "x", "ratings": [{"label": "a"}, 3]}, "/ratings/1"),
        ({"name": "x", "ratings": [{"label": "a"}, {}]}, "/ratings/1/label"),
        ({"name": "x", "ratings": [{"label": "a", "number": 0}, {"label": "b"}]}, "/ratings/0/number"),
        ({"name": "x", "ratings": [{"label": "a", "number": True}, {"label": "b"}]}, "/ratings/0/number"),
        ({"name": "x", "ratings": [{"label": "a", "slug": "a b"}, {"label": "b"}]}, "/ratings/0/slug"),
        ({"name": "x", "ratings": [{"label": "a"}, {"label": "a"}]}, "the same slug"),
        ({"name": "x", "ratings": [{"label": "a", "number": 1}, {"label": "b", "number": 1}]}, "the same number"),
        ({"name": "x", "ratings": [{"label": "a", "number": 1}, {"label": "b"}]}, "One rating alone"),
    ],
)
def test_a_scale_that_cannot_be_is_refused_with_its_place(tmp_path, data, said):
    path = tmp_path / "scale.json"
    path.write_text(json.dumps(data))
    before = Rating.objects.count()
    with pytest.raises(CommandError, match=said) as caught:
        run("load_scale", str(path))
    assert caught.value.returncode == 2
    assert Rating.objects.count() == before


def test_a_file_that_is_no_json_is_refused(tmp_path):
    path = tmp_path / "scale.json"
    path.write_text("{")
    for name in (str(path), str(tmp_path / "missing.json")):
        with pytest.raises(CommandError, match="cannot read the scale"):
            run("load_scale", name)


def test_export_writes_every_report_in_every_format():
    standing, corrected, retracted = factories.published(), factories.corrected(), factories.retracted()
    out, err = run("export_reports", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["slug"] for row in rows] == [standing.slug, corrected.slug, retracted.slug]
    assert [row["kind"] for row in rows] == ["published", "corrected", "retracted"]
    assert "Exported 3 report(s)." in err
    lines = [json.loads(line) for line in run("export_reports", "--format", "jsonl")[0].splitlines()]
    assert [canonical.digest(one) for one in lines[:2]] == [one.current.sha256 for one in (standing, corrected)]
    assert (lines[2]["schema"], lines[2]["slug"]) == ("retraction-notice/1", retracted.slug)
    reviews = json.loads(run("export_reports", "--format", "claimreview")[0])
    assert [one["url"].rsplit("/", 1)[1] for one in reviews] == [standing.slug, corrected.slug]
    feed = json.loads(run("export_reports", "--format", "datafeed")[0])
    assert len(feed["dataFeedElement"]) == 3


def test_export_of_one_rating():
    factories.published()
    other = factories.published(rating="satire")
    rows = list(csv.DictReader(io.StringIO(run("export_reports", "--rating", "satire")[0])))
    assert [row["slug"] for row in rows] == [other.slug]


def test_export_to_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    factories.published()
    path = tmp_path / "reports.csv"
    run("export_reports", "--out", str(path))
    before = path.read_bytes()
    assert before.count(b"\r\n") >= 2
    monkeypatch.setattr("reviews.public_reports.opened", lambda row: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("export_reports", "--out", str(path))
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".*")) == []
    with pytest.raises(CommandError, match="cannot write"):
        run("export_reports", "--out", str(tmp_path / "no" / "such.csv"))


def test_export_of_nothing_is_a_header():
    out, err = run("export_reports")
    assert out.startswith("slug,url,kind,")
    assert "Exported 0 report(s)." in err
