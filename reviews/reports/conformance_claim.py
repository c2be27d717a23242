"""Conformance of what was reviewed: who claimed it, when, and where it stands."""

from collections.abc import Iterator

from claims.enums import ClaimantType
from reviews import addresses
from reviews.reports import dates
from reviews.reports.findings import Case, Finding, error, is_blank, same_name, value_at, warning

_CLAIM_DATE = "/itemReviewed/datePublished"


def claimant(case: Case) -> Iterator[Finding]:
    """Rule 6: a person or an organisation, never us, identified by its own page."""
    rule, author = "claimant", case.at("/itemReviewed/author")
    if author is None:
        yield warning(
            rule, "/itemReviewed/author", "the report does not say who made the claim: name the claimant if known"
        )
        return
    name = case.text("/itemReviewed/author/name")
    if name is None or is_blank(name):
        yield error(rule, "/itemReviewed/author/name", "the claimant has no name: give it, or leave the claimant out")
    elif same_name(name, case.report.desk.name):
        yield error(
            rule, "/itemReviewed/author/name", "the desk itself is named as the claimant: name who made the claim"
        )
    kind, known = case.at("/itemReviewed/author/@type"), case.report.claim.claimant
    if kind not in list(ClaimantType):
        yield error(rule, "/itemReviewed/author/@type", f"a claimant is a Person or an Organization, not {kind!r}")
    elif known is not None and kind != known.type:
        yield error(rule, "/itemReviewed/author/@type", f"{known.name} is a {known.type}, not a {kind}")
    yield from _identity(case)


def _identity(case: Case) -> Iterator[Finding]:
    rule, pointer = "claimant", "/itemReviewed/author/sameAs"
    if case.at(pointer) is None:
        return
    same_as = case.text(pointer)
    if addresses.split(same_as) is None:
        yield error(
            rule, pointer, "the claimant's page is no absolute address: write it with https://, or leave it out"
        )
    elif addresses.origin(same_as) == addresses.origin(case.base_url):
        yield error(rule, pointer, "the claimant's page is one of ours: name a page that identifies the claimant")
    elif any(addresses.same_page(same_as, page) for page in _claim_pages(case)):
        yield error(
            rule, pointer, "the claimant's page is where the claim stands: name a page that identifies the claimant"
        )


def _claim_pages(case: Case) -> list[str | None]:
    claim = case.report.claim
    first = [] if claim.first_appearance is None else [claim.first_appearance]
    return [one.url for one in (claim.article, *claim.appearances, *first)]


def claim_date(case: Case) -> Iterator[Finding]:
    """Rule 7: the day the claim was made, never after the review."""
    rule, value = "claim_date", case.at(_CLAIM_DATE)
    if value is None:
        yield warning(rule, _CLAIM_DATE, "the report does not say when the claim was made: add the date if known")
        return
    try:
        said = dates.read(value)
    except ValueError as fault:
        yield error(rule, _CLAIM_DATE, str(fault))
        return
    if said.day > case.today:
        yield error(rule, _CLAIM_DATE, f"the claim is dated {value}, which is still to come: correct its date")
    try:
        reviewed = dates.read(case.at("/datePublished"))
    except ValueError:
        return
    if said.is_after(reviewed):
        yield error(rule, _CLAIM_DATE, f"the claim is dated {value}, after its review: correct the date it was said")
    elif _is_after_its_article(case, said):
        yield warning(
            rule,
            _CLAIM_DATE,
            f"the claim is dated {value}, after the article it stands in: is that the day it was checked?",
        )


def _is_after_its_article(case: Case, said: dates.ReportDate) -> bool:
    try:
        return said.is_after(dates.read(case.report.claim.article.published_at))
    except ValueError:
        return False


def appearances(case: Case) -> Iterator[Finding]:
    """Rule 8: each place once, the submitted article among them."""
    rule, article = "appearances", case.report.claim.article
    first = case.text("/itemReviewed/firstAppearance/url")
    listed = case.at("/itemReviewed/appearance") or []
    listed = listed if isinstance(listed, list) else [listed]
    urls = [value_at(one, "/url") for one in listed]
    urls = [url if isinstance(url, str) else None for url in urls]
    if not listed and case.at("/itemReviewed/firstAppearance") is None:
        yield warning(rule, "/itemReviewed/appearance", "the report names no place where the claim stands")
    for number, url in enumerate(urls):
        pointer = f"/itemReviewed/appearance/{number}"
        if addresses.same_page(url, first):
            yield error(rule, pointer, "the first appearance is listed again: leave it out here")
        elif any(addresses.same_page(url, earlier) for earlier in urls[:number]):
            yield error(rule, pointer, "this page is listed twice: leave one out")
        elif addresses.same_page(url, case.report.url):
            yield error(rule, pointer, "our own report is listed as a place of the claim: leave it out")
    if addresses.split(article.url) and not any(addresses.same_page(article.url, url) for url in (first, *urls)):
        yield error(rule, "/itemReviewed/appearance", "the submitted article is missing: list it as an appearance")
