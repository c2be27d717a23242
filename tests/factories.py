"""Plain functions that reach a state through the real services.

Nothing here writes a row by itself: an article is submitted, its claims are
added by their exact words, reviews are opened by the job's service, and so on.
"""

from itertools import count

from django.db import transaction

from claims.models import Article, Claim
from claims.services import editing, intake
from claims.services.intake import Submission as ArticleSubmission
from factcheck.accounts import people
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from reviews.enums import CorrectionType, Stance
from reviews.models import Report, Review, Verdict
from reviews.services import approvals, corrections, leases, publication, queue, verdicts
from reviews.submissions import EvidenceItem, Submission

SENTENCES = (
    "The harbour bridge was closed for 40 days in 2025.",
    "Fares rose by 12 percent in May.",
    "The council has sold three parks since 2020.",
    "No ferry was late in June.",
    "The museum has 900 visitors a day.",
)
EVIDENCE = (
    EvidenceItem(
        stance=Stance.REFUTES,
        url="https://port.example/log",
        title="Port log",
        publisher="Port authority",
        excerpt="closed 3-17 March",
        primary=True,
    ),
    EvidenceItem(stance=Stance.CONTEXT, url="https://daily.example/bridge", title="Two weeks of detours"),
)
_numbers = count(1)


def user(*roles: Role, name: str = "") -> User:
    """An account with these roles."""
    return people.create(username=name or f"person{next(_numbers)}", roles=roles, actor=None)


def checker(name: str = "") -> User:
    """Somebody who works on reviews."""
    return user(Role.CHECKER, name=name)


def approver(name: str = "") -> User:
    """Somebody who approves."""
    return user(Role.APPROVER, name=name)


def publisher(name: str = "") -> User:
    """Somebody who publishes."""
    return user(Role.PUBLISHER, name=name)


def article(*, by: User | None = None, url: str | None = None, **fields) -> Article:
    """A submitted article with SENTENCES as its text; nothing is extracted."""
    submission = ArticleSubmission(
        **{
            "text": " ".join(SENTENCES),
            "title": "The bridge",
            "url": url if url is not None else f"https://news.example/{next(_numbers)}",
            "outlet": "Example News",
            "author": "A. Writer",
            "published_at": "2026-05-03",
            **fields,
        }
    )
    return intake.submit(submission=submission, actor=by or checker()).article


def claim(*, of: Article | None = None, number: int = 0, by: User | None = None, **fields) -> Claim:
    """The sentence `number` of the article as a selected claim."""
    of = of or article()
    revision = of.revisions.order_by("-number").first()
    words = SENTENCES[number]
    start = revision.text.index(words)
    span = editing.Span(start, start + len(words), words)
    named = {
        "claimant": {"name": "Ana Ruiz", "type": "Person"},
        "said_at": "2026-05-02",
        "venue": "council meeting",
        "speech": "direct",
        **fields,
    }
    return editing.add(article=of, revision=revision, span=span, fields=named, actor=by or checker())


def opened(*, claims: int = 1, of: Article | None = None) -> list[Review]:
    """Queued reviews of one article."""
    of = of or article()
    by = checker()
    for number in range(claims):
        claim(of=of, number=number, by=by)
    open_reviews(of)
    return list(Review.objects.filter(claim__article=of).order_by("pk"))


def open_reviews(of: Article) -> queue.Opened:
    """What the job `reviews.open` does."""
    with transaction.atomic():
        return queue.open_for_article(article_id=of.pk)


def review() -> Review:
    """One queued review."""
    return opened()[0]


def taken(by: User) -> Review:
    """A review in the hands of `by`."""
    return leases.take(review_id=review().pk, actor=by)


def submission(**changes) -> Submission:
    """A verdict that passes the standards gate."""
    return Submission(
        **{
            "rating": "mostly_false",
            "summary": "It was closed for 14 days.",
            "explanation": "The port's log shows **14** days.",
            "evidence": EVIDENCE,
            **changes,
        }
    )


def submitted(by: User, **changes) -> Verdict:
    """A verdict that waits for approval."""
    held = taken(by)
    return verdicts.submit(review_id=held.pk, submission=submission(**changes), actor=by).verdict


def approved(*, by: User | None = None, approver_: User | None = None, **changes) -> Review:
    """A review that can be published."""
    verdict = submitted(by or checker(), **changes)
    approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=approver_ or approver())
    return Review.objects.get(pk=verdict.review_id)


def published(**kwargs) -> Report:
    """A public report."""
    ready = approved(**kwargs)
    return publication.publish(review_id=ready.pk, actor=publisher()).report


def under_correction(type: CorrectionType = CorrectionType.RATING_CHANGED) -> Review:
    """A review whose report is being corrected and that nobody holds."""
    report = published()
    return corrections.correct(review_id=report.review_id, type=type, reason="The log was misread.", actor=publisher())


def corrected() -> Report:
    """A report in its second version."""
    reopened = under_correction()
    by = checker()
    leases.take(review_id=reopened.pk, actor=by)
    verdict = verdicts.submit(review_id=reopened.pk, submission=submission(rating="false"), actor=by).verdict
    approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=approver())
    return publication.publish(review_id=reopened.pk, actor=publisher()).report


def retracted() -> Report:
    """A report taken back."""
    report = published()
    return publication.retract(review_id=report.review_id, reason="The log was forged.", actor=publisher()).report
