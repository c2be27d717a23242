"""The own words on a review page: what the form starts from, which of them were
replaced and can come back, and which place a save goes on from."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict

from factcheck.errors import Malformed, NotFound
from reviews import selectors
from reviews.desk import verdict_form, words
from reviews.models import Verdict, VerdictDraft

OLDER = "draft"
"""How a form names the own draft that a newer verdict stands before."""
_PAGE = re.compile(r"[0-9a-f]{1,32}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def start(review: Any, own: VerdictDraft | None, listed: Sequence[Verdict]) -> dict[str, Any]:
    """What the form starts from: the own draft of this round or the newest
    verdict, whichever is newer, else an older draft, else nothing."""
    if own is not None and not is_older(review, own, listed):
        return dict(own.content)
    return selectors.content_of_verdict(listed[0]) if listed else {}


def is_older(review: Any, own: VerdictDraft, listed: Sequence[Verdict]) -> bool:
    """Whether the newest verdict stands before the own draft."""
    return bool(listed) and (own.round != review.round or own.saved_at < listed[0].submitted_at)


def place_of(own: VerdictDraft | None, typed: QueryDict | None) -> dict[str, Any]:
    """What the form carries along: the version of the draft it goes on from, and
    the name of the page. A refused form keeps its own."""
    if typed is not None:
        return {"base": typed.get("base", ""), "page": page_named(typed) or secrets.token_hex(8)}
    return {"base": own.version if own is not None else "", "page": secrets.token_hex(8)}


def base_named(typed: QueryDict) -> int | None:
    """The version of the draft that a form goes on from; None for a first one."""
    given = typed.get("base", "")
    if given and not _NUMBER.fullmatch(given):
        raise Malformed("The form's draft version is no number: open the page again")
    return int(given) if given else None


def page_named(typed: QueryDict) -> str:
    """The name of the page a form was typed on; empty without one."""
    given = typed.get("page", "")
    return given if _PAGE.fullmatch(given) else ""


def earlier_words(review: Any, own: VerdictDraft | None, listed: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Own texts that can come back, the newest first."""
    if own is None:
        return []
    found = [
        {**_told(one["content"]), "number": str(number), "saved_at": datetime.fromisoformat(one["saved_at"])}
        for number, one in enumerate(own.set_aside)
    ]
    if any(own.content.values()) and is_older(review, own, listed):
        found.append({**_told(own.content), "number": OLDER, "saved_at": own.saved_at})
    return found[::-1]


def outdated(own: VerdictDraft | None) -> dict[str, Any] | None:
    """The kept text beside the one that was refused for it."""
    return told_of(own) | {"version": own.version} if own is not None else None


def told_of(draft: VerdictDraft) -> dict[str, Any]:
    """A draft to read."""
    return {
        **_told(draft.content),
        "pk": draft.pk,
        "author": draft.author.username,
        "saved_at": draft.saved_at,
    }


def _told(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rating": words.plain(str(content.get("rating") or "no rating yet")),
        "summary": content.get("summary") or "",
        "explanation": content.get("explanation") or "",
        "sources": [_source_told(one) for one in content.get("evidence") or ()],
    }


def _source_told(source: Mapping[str, Any]) -> str:
    parts = (source.get("title") or source.get("url"), source.get("excerpt"))
    return ": ".join(str(part) for part in parts if part)


def chosen(review_id: int, typed: QueryDict, own: VerdictDraft | None) -> dict[str, Any] | None:
    """The text that a form asks to go on from instead of its own: somebody's draft
    (`copy`), an earlier revision (`revision`) or own earlier words (`again`)."""
    copied, revision, again = (typed.get(name, "") for name in ("copy", "revision", "again"))
    if copied:
        draft = VerdictDraft.objects.filter(pk=_number(copied), review=review_id).first()
        return _whole(draft.content if draft is not None else None)
    if revision:
        verdict = selectors.all_verdicts().filter(pk=_number(revision), review=review_id).first()
        return _whole(selectors.content_of_verdict(verdict) if verdict is not None else None)
    return _whole(_again(again, own)) if again else None


def _again(asked: str, own: VerdictDraft | None) -> Mapping[str, Any] | None:
    if own is None or asked == OLDER:
        return dict(own.content) if own is not None else None
    number = _number(asked)
    content: Mapping[str, Any] | None = own.set_aside[number]["content"] if number < len(own.set_aside) else None
    return content


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Malformed("The form names no draft")
    return int(text)


def _whole(content: Mapping[str, Any] | None) -> dict[str, Any]:
    if content is None:
        raise NotFound("There is no such draft")
    return {**dict.fromkeys(verdict_form.TEXTS, ""), "evidence": [], "overrides": [], **content}
