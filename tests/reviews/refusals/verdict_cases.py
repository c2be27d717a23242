"""What is refused of a verdict before it is submitted: its lease, its gate, its draft."""

from datetime import timedelta

from reviews.enums import Stance
from reviews.models import Review
from reviews.services import drafts, leases, overrides
from reviews.submissions import EvidenceItem
from tests import factories
from tests.reviews.refusals.cases import EVIDENCE, VERDICT, Case, person, typed_verdict


def lease_missing():
    review, by = factories.review(), person()
    return Case(
        "invalid_transition",
        409,
        f"/reviews/{review.pk}/verdicts",
        VERDICT,
        by,
        form=f"/admin/review/{review.pk}/verdict/",
        typed=typed_verdict(),
    )


def lease_of_nobody():
    held = factories.taken(factories.checker())
    Review.objects.filter(pk=held.pk).update(lease_holder=None, lease_expires_at=None)
    return Case(
        "lease_missing",
        409,
        f"/reviews/{held.pk}/verdicts",
        VERDICT,
        person(),
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(),
    )


def lease_expired():
    by = person()
    held = factories.taken(by)
    return Case(
        "lease_expired",
        409,
        f"/reviews/{held.pk}/verdicts",
        VERDICT,
        by,
        later=timedelta(hours=1),
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict() | {"do": "submit"},
    )


def gate_open():
    by = person()
    held = factories.taken(by)
    lacking = {"rating": "", "explanation": "", "evidence": [{"title": "A book"}]}
    return Case(
        "gate",
        422,
        f"/reviews/{held.pk}/verdicts",
        {**VERDICT, **lacking},
        by,
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(**lacking),
        places=("/rating", "/explanation", "/evidence/0/stance", "/evidence"),
        ids=("verdict-rating", "verdict-explanation", "verdict-evidence-0-stance", "verdict-evidence"),
    )


def setting_aside(code, status, review, reason="One log exists.", places=(), ids=()):
    sent = {"rule": "independent_sources", "reason": reason}
    path = f"/reviews/{review.pk}/overrides"
    form = {"form": f"/admin/review/{review.pk}/override/", "typed": {"form": "override", **sent}}
    return Case(code, status, path, sent, factories.publisher(), places=places, ids=ids, **form)


def override_without_a_reason():
    places = {"places": ("/reason",), "ids": ("override-reason",)}
    return setting_aside("override", 422, factories.review(), reason="", **places)


def override_after_the_verdict():
    return setting_aside("verdict_submitted", 409, factories.submitted(factories.checker()).review)


def override_twice():
    made = setting_aside("rule_set_aside", 409, factories.review())
    overrides.set_aside(review_id=Review.objects.get().pk, rule=made.body["rule"], reason="So.", actor=made.who)
    return made


def rating_unknown():
    by = person()
    held = factories.taken(by)
    return Case(
        "gate",
        422,
        f"/reviews/{held.pk}/verdicts",
        {**VERDICT, "rating": "pants"},
        by,
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(rating="pants"),
        places=("/rating",),
        ids=("verdict-rating",),
    )


def source_unknown():
    by = person()
    held = factories.taken(by)
    return Case(
        "source_unknown",
        422,
        f"/reviews/{held.pk}/verdicts",
        {**VERDICT, "evidence": [*EVIDENCE, {"source": 999, "stance": "context"}]},
        by,
        places=("/evidence/2/source",),
    )


def source_kept_confidential():
    by, url = person(), "https://leak.example/memo"
    hidden = EvidenceItem(
        stance=Stance.REFUTES,
        url=url,
        title="A memo",
        confidential=True,
        confidential_reason="protects a person",
        public_title="A document",
    )
    factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, hidden))
    held = factories.taken(by)
    cited = [*EVIDENCE, {"url": url, "title": "The memo", "stance": "refutes"}]
    return Case(
        "source_confidential",
        422,
        f"/reviews/{held.pk}/verdicts",
        {**VERDICT, "evidence": cited},
        by,
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(evidence=cited),
        places=("/evidence/2/confidential",),
        ids=("verdict-evidence-2-confidential",),
    )


def correction_type_mismatch():
    review, by = factories.under_correction(), person()
    leases.take(review_id=review.pk, actor=by)
    return Case(
        "correction_type_mismatch",
        422,
        f"/reviews/{review.pk}/verdicts",
        VERDICT,
        by,
        form=f"/admin/review/{review.pk}/verdict/",
        typed=typed_verdict(),
        places=("/rating",),
        ids=("verdict-rating",),
    )


def draft_closed():
    by = person()
    verdict = factories.submitted(by)
    return Case(
        "draft_closed",
        409,
        f"/reviews/{verdict.review_id}/draft",
        {"summary": "x"},
        by,
        "put",
        form=f"/admin/review/{verdict.review_id}/verdict/",
        typed=typed_verdict(),
    )


def draft_outdated():
    by = person()
    held = factories.taken(by)
    for words in ("one", "two", "three"):
        drafts.save(review_id=held.pk, content={"summary": words}, actor=by, page="ab")
    return Case(
        "draft_outdated",
        412,
        f"/reviews/{held.pk}/draft",
        {"summary": "x"},
        by,
        "put",
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(),
    )


CASES = (
    lease_missing,
    lease_of_nobody,
    lease_expired,
    gate_open,
    override_without_a_reason,
    override_after_the_verdict,
    override_twice,
    rating_unknown,
    source_unknown,
    source_kept_confidential,
    correction_type_mismatch,
    draft_closed,
    draft_outdated,
)
