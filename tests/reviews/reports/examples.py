"""Made-up reports the tests start from, and strategies that make any report."""

from dataclasses import fields, replace

from hypothesis import strategies as st

from claims.enums import ClaimantType, Kind, Speech
from reviews.enums import Channel, CorrectionType, LinkRelation, Stance, VersionKind
from reviews.reports.verdict_report import (
    Appearance,
    DeclaredReason,
    Desk,
    LinkedClaim,
    ReportClaim,
    ReportClaimant,
    ReportContact,
    ReportCorrection,
    ReportEvidence,
    ReportOverride,
    ReportPerson,
    ReportRating,
    ReportScale,
    Retraction,
    ScaleRating,
    VerdictReport,
    withheld,
)

BASE_URL = "https://desk.example.org"
SCALE = ReportScale(
    "Truth",
    1,
    (
        ScaleRating("False", "false", 1),
        ScaleRating("Mostly false", "mostly-false", 2),
        ScaleRating("Half true", "half-true", 3),
        ScaleRating("Mostly true", "mostly-true", 4),
        ScaleRating("True", "true", 5),
        ScaleRating("Unproven", "unproven"),
    ),
)


def rating(slug):
    """The rating of SCALE with that slug."""
    found = next(one for one in SCALE.ratings if one.slug == slug)
    ordered = found.value is not None
    return ReportRating(
        found.label,
        found.slug,
        SCALE,
        ordered,
        found.value,
        best=5 if ordered else None,
        worst=1 if ordered else None,
    )


REPORT = VerdictReport(
    desk=Desk("Example desk", BASE_URL, f"{BASE_URL}/corrections", f"{BASE_URL}/methodology"),
    slug="7-the-bridge-was-closed",
    url=f"{BASE_URL}/reports/7-the-bridge-was-closed",
    version=1,
    kind=VersionKind.PUBLISHED,
    published_at="2026-05-06T10:00:00+00:00",
    modified_at="2026-05-06T10:00:00+00:00",
    claim=ReportClaim(
        quote="the bridge WAS closed for 40 days",
        statement="The harbour bridge was closed for 40 days in 2025",
        claimant=ReportClaimant("Ana Ruiz", ClaimantType.PERSON, "https://people.example.net/ana-ruiz"),
        speech=Speech.DIRECT,
        kind=Kind.CONTENT,
        article=Appearance("https://news.example/bridge", "The bridge", "Example News", "A. Writer", "2026-05-03"),
        said_at="2026-05-02",
        venue="council meeting",
    ),
    rating=rating("mostly-false"),
    summary="It was closed for 14 days.",
    explanation="The port's log shows **14** days.\n\nNothing else was found.",
    language="en",
    evidence=(
        ReportEvidence(
            1,
            "Port log",
            Stance.REFUTES,
            url="https://port.example/log",
            publisher="Port authority",
            excerpt="closed 3-17 March",
            locator="p. 4",
            accessed_at="2026-05-05T09:00:00+00:00",
            archived_url=f"{BASE_URL}/archive/1",
            primary=True,
            independence_group="port.example",
        ),
        ReportEvidence(2, "Daily", Stance.CONTEXT, url="https://daily.example/a", accessed_at="2026-05-05"),
    ),
)

FULL = replace(
    REPORT,
    claim=replace(
        REPORT.claim,
        headline="The bridge was closed for 40 days",
        first_appearance=Appearance("https://social.example/post/1"),
        appearances=(Appearance("https://other.example/x", outlet="Other"),),
    ),
    evidence=(
        *REPORT.evidence,
        withheld(REPORT.evidence[0], title="A letter seen by the desk", reason="protects its author"),
    ),
    overrides=(ReportOverride("independent_sources", "only one log exists", "2026-05-06"),),
    reasons=(DeclaredReason("claimant_contacted", "no address known"),),
    contacts=(
        ReportContact(
            "the claimant", Channel.EMAIL, "Where is it from?", "2026-05-04", "2026-05-05", "No comment", None
        ),
    ),
    links=(LinkedClaim(LinkRelation.ATTRIBUTION, "Ana Ruiz said so", f"{BASE_URL}/reports/8-x", "True"),),
    people=(ReportPerson("B. Checker", "checked by"),),
)


def corrected(report, *, slug="false", correction_type=CorrectionType.RATING_CHANGED, at="2026-06-01T08:00:00Z"):
    """The next version of `report`, with a correction that fits."""
    new = rating(slug)
    correction = ReportCorrection(correction_type, "The log was misread.", at, report.rating.label, new.label)
    return replace(
        report,
        version=report.version + 1,
        kind=VersionKind.CORRECTED,
        modified_at=at,
        rating=new,
        corrections=(*report.corrections, correction),
    )


def retracted(report, *, at="2026-07-01T08:00:00Z"):
    """The notice that takes `report` back."""
    return replace(
        report,
        version=report.version + 1,
        kind=VersionKind.RETRACTED,
        modified_at=at,
        retraction=Retraction("The log was forged.", at),
    )


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_SHOWN_OPENLY = [
    one.name
    for one in fields(ReportEvidence)
    if one.name in {"url", "publisher", "excerpt", "locator", "archived_url", "independence_group"}
]


def _evidence():
    open_evidence = st.builds(
        ReportEvidence,
        confidential=st.just(False),
        **{name: st.none() | _TEXT for name in [*_SHOWN_OPENLY, "confidential_reason"]},
        title=_TEXT,
    )
    hidden = st.builds(
        ReportEvidence,
        confidential=st.just(True),
        title=_TEXT,
        confidential_reason=st.none() | _TEXT,
        **{name: st.none() for name in _SHOWN_OPENLY},
    )
    return open_evidence | hidden


def any_report():
    """Any report at all, sensible or not; every field filled by its type."""
    return st.builds(
        VerdictReport,
        evidence=st.lists(_evidence(), max_size=2).map(tuple),
        corrections=st.lists(st.builds(ReportCorrection), max_size=2).map(tuple),
        overrides=st.lists(st.builds(ReportOverride), max_size=1).map(tuple),
        reasons=st.lists(st.builds(DeclaredReason), max_size=1).map(tuple),
        contacts=st.lists(st.builds(ReportContact), max_size=1).map(tuple),
        links=st.lists(st.builds(LinkedClaim), max_size=1).map(tuple),
        people=st.lists(st.builds(ReportPerson), max_size=1).map(tuple),
        retraction=st.none() | st.builds(Retraction),
        claim=st.builds(
            ReportClaim,
            claimant=st.none() | st.builds(ReportClaimant, same_as=st.none() | _TEXT),
            said_at=st.none() | _TEXT,
            first_appearance=st.none() | _appearance(),
            appearances=st.lists(_appearance(), max_size=2).map(tuple),
            article=_appearance(),
        ),
        rating=st.builds(ReportRating, value=st.none() | st.integers(), scale=st.just(SCALE)),
    )


def _appearance():
    return st.builds(Appearance, url=st.none() | _TEXT, title=st.none() | _TEXT, author=st.none() | _TEXT)
