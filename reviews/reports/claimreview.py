"""A report as schema.org ClaimReview (JSON-LD).

One report gives one ClaimReview; a retracted report gives none. What is not
known is left out, never guessed: no date of the claim, no claimant, no number
for a rating outside the order. `reviews.reports.conformance` holds the result
to the rules.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from reviews import addresses
from reviews.reports.verdict_report import Appearance, ReportClaim, ReportRating, VerdictReport

CONTEXT = "https://schema.org"
MEDIA_TYPE = "application/ld+json"

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def document(report: VerdictReport) -> dict[str, Any] | None:
    """The ClaimReview, or None for a retracted report."""
    if report.is_retracted:
        return None
    claim = report.claim
    return _known(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "@id": identifier(report.url),
            "url": report.url,
            "claimReviewed": claim.headline or claim.statement,
            "author": {
                "@type": "Organization",
                "name": report.desk.name,
                "url": report.desk.url,
                "correctionsPolicy": report.desk.corrections_url,
            },
            "datePublished": report.published_at,
            "dateModified": report.modified_at,
            "version": report.version,
            "creativeWorkStatus": "Under correction" if report.is_under_correction else None,
            "inLanguage": report.language,
            "reviewBody": report.summary,
            "reviewRating": _rating(report.rating),
            "itemReviewed": _item(claim),
            "correction": [
                {"@type": "CorrectionComment", "text": one.reason, "datePublished": one.date}
                for one in report.corrections
            ],
        }
    )


def identifier(url: str) -> str:
    """The `@id` of the ClaimReview on the page at `url`; the same in every version."""
    return f"{url}#claimreview"


def script_text(value: object) -> str:
    """JSON that is safe inside a script block: no `<`, `>`, `&` or line separator."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)


def render(report: VerdictReport) -> bytes | None:
    """One report's JSON-LD file, or None for a retracted report."""
    found = document(report)
    return None if found is None else script_text(found).encode("utf-8")


def render_many(reports: Iterable[VerdictReport]) -> Iterator[bytes]:
    """A JSON array of ClaimReviews, one a line; retracted reports are left out."""
    separator = b"[\n"
    for report in reports:
        found = render(report)
        if found is not None:
            yield separator + found
            separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if value not in (None, "", [])}


def _rating(rating: ReportRating) -> dict[str, Any]:
    return _known(
        {
            "@type": "Rating",
            "alternateName": rating.label,
            "ratingValue": rating.value,
            "bestRating": rating.best,
            "worstRating": rating.worst,
        }
    )


def _item(claim: ReportClaim) -> dict[str, Any]:
    author = None
    if claim.claimant is not None:
        author = _known(
            {
                "@type": claim.claimant.type.value,
                "name": claim.claimant.name,
                "sameAs": claim.claimant.same_as,
            }
        )
    first = claim.first_appearance
    return _known(
        {
            "@type": "Claim",
            "text": claim.statement,
            "author": author,
            "datePublished": claim.said_at,
            "firstAppearance": None if first is None else _appearance(first),
            "appearance": [_appearance(one) for one in _further_appearances(claim)],
        }
    )


def _further_appearances(claim: ReportClaim) -> list[Appearance]:
    """The submitted article and the others, each page once, the origin left out."""
    kept: list[Appearance] = []
    origin = [] if claim.first_appearance is None else [claim.first_appearance]
    for one in (claim.article, *claim.appearances):
        known = one != Appearance()
        if known and not any(one == other or addresses.same_page(one.url, other.url) for other in origin + kept):
            kept.append(one)
    return kept


def _appearance(one: Appearance) -> dict[str, Any]:
    """A CreativeWork; the byline is credit text, for it may name no person."""
    publisher = {"@type": "Organization", "name": one.outlet} if one.outlet else None
    return _known(
        {
            "@type": "CreativeWork",
            "url": one.url,
            "headline": one.title,
            "publisher": publisher,
            "creditText": one.author,
            "datePublished": one.published_at,
        }
    )
