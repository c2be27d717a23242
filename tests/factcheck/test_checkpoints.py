"""The daily list of heads."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from factcheck import clock
from factcheck.audit import checkpoints, history
from factcheck.audit.models import AuditEvent, AuditHead
from factcheck.audit.verification import verify
from factcheck.jobs import scheduler
from tests.lifting import lifted

pytestmark = pytest.mark.django_db(transaction=True)


def tell(times=1):
    with transaction.atomic():
        for _ in range(times):
            history.record(subject=("desk", "1"), action="done", actor=None)


def test_it_runs_daily_and_writes_one_file_a_day(settings):
    assert checkpoints.write in scheduler._daily
    tell()
    assert (checkpoints.write(), checkpoints.write()) == (1, 0)
    with clock.shifted(timedelta(days=1)):
        assert checkpoints.write() == 1
    files = sorted((settings.DATA_DIR / "audit").iterdir())
    assert [path.suffix for path in files] == [".json", ".json"]
    assert json.loads(files[0].read_text())["heads"]["desk:1"]["seq"] == 1


def test_a_chain_shortened_after_the_checkpoint_is_named(settings):
    tell(2)
    checkpoints.write()
    [path] = (settings.DATA_DIR / "audit").iterdir()
    with lifted():
        AuditEvent.objects.filter(subject_type="desk", seq=2).delete()
        first = AuditEvent.objects.get(subject_type="desk")
        AuditHead.objects.filter(subject_type="desk").update(seq=1, hash=first.hash)
    assert verify() == []
    with pytest.raises(SystemExit):
        call_command("verify_audit", heads=str(path))
