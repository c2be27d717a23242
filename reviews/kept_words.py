"""Words of the right of reply in reports: frozen as a reference, shown as words.

A version of a report is immutable, and what somebody answered may have to be
erased. So the payload holds the number and the salted digest of each such
text; whoever shows a report asks for the words, and reads that they are gone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from factcheck.audit.models import PersonalDetail
from reviews.models.contact import ERASED
from reviews.reports.verdict_report import ReportContact, VerdictReport

_REFERENCE = re.compile(r"\[kept apart (\d{1,18}):([0-9a-f]{64})\]")
Words = Mapping[tuple[int, str], str | None]


def frozen(detail: PersonalDetail | None, before: str) -> str:
    """What a payload holds of a text: `[kept apart 7:<digest>]`, or the text
    itself where it never stood apart."""
    return before if detail is None else f"[kept apart {detail.pk}:{detail.digest}]"


def filled(reports: Sequence[VerdictReport]) -> list[VerdictReport]:
    """The reports with the words, in one statement for all; none where nothing
    is kept apart. What was erased, or is not the text of that digest, reads ERASED."""
    wanted = {found for report in reports for one in report.contacts for found in _references(one)}
    if not wanted:
        return list(reports)
    rows = PersonalDetail.objects.filter(pk__in={pk for pk, _ in wanted})
    words = {(pk, digest): value for pk, digest, value in rows.values_list("pk", "digest", "value")}
    return [replace(one, contacts=tuple(_filled(contact, words) for contact in one.contacts)) for one in reports]


def _references(contact: ReportContact) -> set[tuple[int, str]]:
    texts = (contact.party, contact.question, contact.response or "")
    return {(int(pk), digest) for text in texts for pk, digest in _REFERENCE.findall(text)}


def _filled(contact: ReportContact, words: Words) -> ReportContact:
    def put(text: str) -> str:
        return _REFERENCE.sub(lambda found: words.get((int(found[1]), found[2])) or ERASED, text)

    response = put(contact.response) if contact.response is not None else None
    return replace(contact, party=put(contact.party), question=put(contact.question), response=response)
