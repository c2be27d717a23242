"""Conformance of the review itself: its fields, wording, address and publisher."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reviews import addresses
from reviews.reports import claimreview
from reviews.reports.findings import Case, Finding, error, is_blank, value_at, warning

MAX_CLAIM_LENGTH = 75
"""Code points of `claimReviewed` beyond which readers of the feed cut it off."""

_REQUIRED = {
    "/claimReviewed": "the claim is empty: write its statement",
    "/reviewRating/alternateName": "the rating has no label: choose a rating from the scale",
    "/url": "the report has no address",
}
_AGREE = (
    "/url",
    "/claimReviewed",
    "/datePublished",
    "/dateModified",
    "/author/name",
    "/reviewRating/alternateName",
    "/reviewRating/ratingValue",
    "/reviewRating/bestRating",
    "/reviewRating/worstRating",
    "/itemReviewed/text",
    "/itemReviewed/author",
    "/itemReviewed/datePublished",
)


def required_fields(case: Case) -> Iterator[Finding]:
    """Rule 1: the fields without which it is no ClaimReview."""
    if case.at("/@context") != claimreview.CONTEXT or case.at("/@type") != "ClaimReview":
        yield error("required_fields", "/@type", "this is no schema.org ClaimReview")
    for pointer, detail in _REQUIRED.items():
        if is_blank(case.text(pointer)):
            yield error("required_fields", pointer, detail)


def claim_wording(case: Case) -> Iterator[Finding]:
    """Rule 2: the claim short and without its rating; the full wording beside it."""
    reviewed = case.text("/claimReviewed")
    if is_blank(case.text("/itemReviewed/text")):
        yield error("claim_wording", "/itemReviewed/text", "the claim's full wording is missing")
    if reviewed is None:
        return
    if len(reviewed) > MAX_CLAIM_LENGTH:
        yield warning(
            "claim_wording",
            "/claimReviewed",
            f"the claim has {len(reviewed)} characters and may be cut off after {MAX_CLAIM_LENGTH}: "
            "give it a shorter headline; the full wording stays in the report",
        )
    for label in sorted({case.report.rating.label, case.text("/reviewRating/alternateName") or ""}):
        if not is_blank(label) and _announces(reviewed, label):
            yield error(
                "claim_wording",
                "/claimReviewed",
                f"the claim's wording gives away its rating ({label}): state the claim alone",
            )


def _announces(text: str, label: str) -> bool:
    """Whether the label stands apart at an end: `False: ...`, `... (false)`."""
    word = re.escape(label.strip())
    opening = rf"\W*{word}\W*[:\u2013\u2014!?|)\]]|\W*{word}\s+-\s"
    closing = rf"(?:[:\u2013\u2014|(\[]|\s-)\s*{word}\W*$"
    return bool(re.match(opening, text, re.IGNORECASE) or re.search(closing, text, re.IGNORECASE))


def report_address(case: Case) -> Iterator[Finding]:
    """Rule 3: one stable page of our own, named by its final https address."""
    url, rule = case.text("/url"), "report_address"
    parts = addresses.split(url)
    if url is None or parts is None:
        yield error(rule, "/url", "the report's address is not absolute: it must start with https://")
        return
    if addresses.origin(url) != addresses.origin(case.base_url):
        yield error(rule, "/url", f"the report's address is not on {case.base_url}: set BASE_URL, publish again")
    elif not parts.path.strip("/"):
        yield error(rule, "/url", "the address is the front page of the site: name the report's own page")
    elif parts.path != f"/reports/{case.report.slug}" or parts.query or parts.fragment:
        yield error(rule, "/url", f"the address is not that of the page itself: write /reports/{case.report.slug}")
    if parts.scheme == "http":
        if addresses.is_loopback(case.base_url):
            yield warning(rule, "/url", "the address is http: only good for trying out on this machine")
        else:
            yield error(rule, "/url", "the address is http: serve the desk by https and set BASE_URL to it")
    if case.at("/@id") != claimreview.identifier(url):
        yield error(rule, "/@id", "the identifier must be the report's address with #claimreview")
    if _count_reviews(case.document) != 1:
        yield error(rule, "", "a page carries one ClaimReview: link the others' pages instead")
    yield from _stability(case)


def _stability(case: Case) -> Iterator[Finding]:
    if case.previous is None:
        return
    if case.previous.slug != case.report.slug:
        yield error(
            "report_address",
            "/url",
            f"the report was published as {case.previous.slug}: its address never changes",
        )
    elif case.previous.url != case.report.url:
        yield warning(
            "report_address",
            "/url",
            f"the report was published at {case.previous.url}: keep that address leading here",
        )


def _count_reviews(value: object) -> int:
    if isinstance(value, Mapping):
        return (value.get("@type") == "ClaimReview") + sum(_count_reviews(one) for one in value.values())
    if isinstance(value, list):
        return sum(_count_reviews(one) for one in value)
    return 0


def agreement(case: Case) -> Iterator[Finding]:
    """Rule 5, second half: the markup says what the page says."""
    page: Mapping[str, Any] | None = claimreview.document(case.report)
    for pointer in _AGREE:
        marked, shown = case.at(pointer), value_at(page, pointer)
        if marked != shown:
            yield error("agreement", pointer, f"the markup says {marked!r} where the page says {shown!r}")


def publisher(case: Case) -> Iterator[Finding]:
    """Rule 10: who publishes, with a policy of corrections; safe to embed."""
    rule = "publisher"
    if is_blank(case.at("/author/name")):
        yield error(rule, "/author/name", "the publisher has no name: set DESK_NAME")
    if addresses.origin(case.text("/author/url")) != addresses.origin(case.base_url):
        yield error(rule, "/author/url", "the publisher's address must be BASE_URL")
    if addresses.split(case.text("/author/correctionsPolicy")) is None:
        yield error(
            rule, "/author/correctionsPolicy", "the publisher has no corrections policy: name the page's address"
        )
    if "<" in claimreview.script_text(case.document):
        yield error(rule, "", "the markup is not safe inside a script block: `<` must be escaped")
