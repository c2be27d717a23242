"""What adding, copying, forgetting and releasing a source refuse."""

from factcheck.accounts.roles import Role
from factcheck.clock import db_now
from reviews.enums import Stance
from reviews.models import Evidence, Snapshot
from reviews.services import erasing, sources
from reviews.submissions import EvidenceItem
from tests import factories
from tests.lifting import lifted
from tests.reviews.refusals.cases import ALL, Case, person


def source_without_anything():
    return Case(
        "source_empty",
        422,
        "/sources",
        {},
        person(),
        form="/admin/sources/",
        typed={"form": "source"},
        places=("/url",),
        ids=("source-url",),
    )


def copy_of_no_address():
    made, _ = sources.add(title="A book", actor=factories.checker())
    return Case(
        "not_archivable",
        409,
        f"/sources/{made.pk}/state",
        {},
        person(),
        form=f"/admin/source/{made.pk}/",
        typed={"do": "archive"},
    )


def forgetting(code, source):
    by = person(Role.ADMINISTRATOR, *ALL)
    reason = {"reason": "asked for it"}
    at = f"/admin/source/{source.pk}/"
    return Case(code, 409, f"/sources/{source.pk}/erase", reason, by, form=at, typed={"do": "erase", **reason})


def cited_in_confidence():
    hidden = EvidenceItem(
        stance=Stance.REFUTES, title="A talk", confidential=True, confidential_reason="at risk", public_title="A talk"
    )
    return (
        factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, hidden)).evidence.get(number=3).source
    )


def forgotten_twice():
    source = cited_in_confidence()
    erasing.erase_source(source_id=source.pk, reason="asked for it", actor=factories.user(Role.ADMINISTRATOR))
    return forgetting("source_erased", source)


def forgotten_though_public():
    report = factories.published()
    return forgetting("source_public", report.current.verdict.evidence.get(number=1).source)


def forgotten_though_awaited():
    return forgetting("source_awaited", factories.submitted(factories.checker()).evidence.get(number=1).source)


def forgotten_though_copied():
    source = cited_in_confidence()
    Snapshot.objects.create(
        source=source, url="https://a.example", final_url="https://a.example", status=200, size=1, sha256="0",
        fetched_at=db_now(),
    )  # fmt: skip
    return forgetting("source_copied", source)


def forgotten_though_in_history():
    source = cited_in_confidence()
    with lifted():
        Evidence.objects.update(words_digest="")
    return forgetting("source_in_history", source)


def released_though_open():
    source = factories.submitted(factories.checker()).evidence.get(number=1).source
    reason = {"reason": "the wrong box"}
    at = f"/admin/source/{source.pk}/"
    return Case(
        "source_not_confidential", 409, f"/sources/{source.pk}/release", reason, person(), form=at,
        typed={"do": "release", **reason},
    )  # fmt: skip


CASES = (
    source_without_anything,
    copy_of_no_address,
    forgotten_twice,
    forgotten_though_public,
    forgotten_though_awaited,
    forgotten_though_copied,
    forgotten_though_in_history,
    released_though_open,
)
