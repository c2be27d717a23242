"""History and database around a forgotten source: nothing half, nothing unnoticed, nothing back."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from factcheck.accounts.roles import Role
from factcheck.audit import erasures, history, personal
from factcheck.audit.erasures import Again
from factcheck.audit.verification import verify
from factcheck.clock import db_now
from factcheck.errors import Conflict, Stale
from reviews.models import Evidence, Snapshot, Source
from reviews.services import erasing, sources
from tests import factories
from tests.lifting import lifted
from tests.reviews.confidential.test_forgotten_sources import HIDDEN, NAME, cite, everything_kept, hidden_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(person):
    return person("ada", Role.ADMINISTRATOR)


def test_a_restored_backup_forgets_again(admin, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    cite(HIDDEN)
    source = hidden_source()
    uses = list(Evidence.objects.filter(source=source).values())
    erasing.erase_source(source_id=source.pk, reason="asked for it", actor=admin)
    listed = tmp_path / "list.json"
    call_command("erasures", "--export", str(listed))
    told = listed.read_text()
    assert f"reviews.Source:{source.pk}" in told
    assert NAME not in told
    bring_back(source, uses)
    assert any("has words again" in fault.what for fault in verify())
    assert personal.erase_again(erasures.read(listed)) == Again(1)
    assert personal.erase_again(erasures.read(listed)) == Again(0)
    assert NAME not in everything_kept()


def bring_back(source, uses):
    """The source as an older backup has it."""
    with lifted():
        Source.objects.filter(pk=source.pk).update(key="k", title=HIDDEN.title, erased_at=None)
        for use in uses:
            Evidence.objects.filter(pk=use.pop("id")).update(**use)


def test_one_source_that_stands_against_it_does_not_keep_the_others(admin):
    cite(HIDDEN)
    source = hidden_source()
    uses = list(Evidence.objects.filter(source=source).values())
    erasing.erase_source(source_id=source.pk, reason="asked for it", actor=admin)
    known = erasures.listed()
    bring_back(source, uses)
    Snapshot.objects.create(source=source, url="u", final_url="u", status=200, size=1, sha256="0", fetched_at=db_now())
    again = personal.erase_again(known)
    assert again.count == 0
    assert "A copy of this source" in again.refused[0]


@pytest.mark.parametrize(
    "change",
    [
        "title = 'another'",
        "title = ''",
        "erased_at = '2026-01-01'",
        "salt = '', url = '', title = '', publisher = '', excerpt = '', locator = '', independence_group = ''",
        "salt = '', url = '', title = '', publisher = '', excerpt = '', locator = '', independence_group = '', "
        "erased_at = '2026-01-01', stance = 'context'",
    ],
)
def test_the_database_allows_nothing_but_a_whole_erasure(change):
    cite(HIDDEN)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reviews_evidence SET {change}")


@pytest.mark.django_db(transaction=True)
def test_words_changed_by_a_superuser_are_named():
    cite(HIDDEN)
    with lifted():
        Evidence.objects.filter(number=3).update(excerpt="Doexample saw nothing")
    row = Evidence.objects.get(number=3)
    assert [fault.where for fault in verify()] == [f"reviews.Evidence:{row.pk}"]


def test_words_that_history_vouches_for_itself_are_not_erased(admin):
    cite(HIDDEN)
    with lifted():
        Evidence.objects.update(words_digest="")
    with pytest.raises(Conflict) as refused:
        erasing.erase_source(source_id=hidden_source().pk, reason="x", actor=admin)
    assert refused.value.code == "source_in_history"
    blank = dict.fromkeys(("salt", "url", "title", "publisher", "excerpt", "locator", "independence_group"), "")
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.update(**blank, erased_at="2026-01-01T00:00:00Z")


def test_what_history_tells_itself_is_not_called_erased(admin):
    cite(HIDDEN)
    source = hidden_source()
    history.record(subject=source, action="source.edited", actor=admin, data={"before": {"title": "x"}, "after": {}})
    with pytest.raises(Conflict) as refused:
        erasing.erase_source(source_id=source.pk, reason="x", actor=admin)
    assert refused.value.code == "source_in_history"
    with pytest.raises(Stale, match="whether it is confidential"):
        sources.edit(source_id=source.pk, title="y", actor=factories.checker(), expected_version=1)


def test_history_that_cannot_be_read_is_named_and_ends_no_verification():
    event = history.record(subject=("desk", "1"), action="source.erased", actor=None, data={"erased": 5})
    assert [fault.what for fault in verify()] == ["its body cannot be read"]
    assert event.seq == 1
