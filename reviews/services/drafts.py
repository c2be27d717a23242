"""Drafts: one person's unfinished work, saved as it is typed.

A save names what it is based on, so that a second window never overwrites the
first one silently; words that a save replaces as a whole are set aside.
"""

from collections.abc import Mapping
from typing import Any

from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.errors import Conflict, Stale
from reviews.enums import BEFORE_VERDICT
from reviews.models import Contributor, Verdict, VerdictDraft
from reviews.policies import Permission
from reviews.services.moves import Moved, Seen, permit, see, settle

KEPT_ASIDE = 10
"""So many texts that were replaced are kept of one draft, the newest."""


class DraftOutdated(Stale):
    """The draft was saved from elsewhere since the sender read it; `extra` has
    both texts: `kept` and `sent`."""

    code = "draft_outdated"
    title = "Saved from another window meanwhile"

    def __init__(self, kept: VerdictDraft, sent: Mapping[str, Any], base: int | None) -> None:
        seen = "no version of it" if base is None else f"version {base}"
        super().__init__(
            f"Your draft is at version {kept.version}, this save is based on {seen}: nothing was saved. "
            "Choose between the two texts.",
            extra={
                "current_version": kept.version,
                "saved_at": kept.saved_at.isoformat(),
                "kept": kept.content,
                "sent": dict(sent),
            },
        )


def save(
    *,
    review_id: int,
    content: Mapping[str, Any],
    actor: User,
    base: int | None = None,
    page: str = "",
    replaces: bool = False,
) -> VerdictDraft:
    """Keep the actor's own draft, whoever holds the lease; the review's version stays.

    `base` is the version of the draft that was read, None for a first draft;
    `page` names the page it was typed on, whose own later saves follow each
    other. DraftOutdated on an older base, unless the words are the same. With
    `replaces`, and when a verdict came after it, the former text is set aside.
    The first save in a round makes the actor a contributor, for their words
    may end up in the text. Refused once a verdict is submitted.
    """

    def act() -> VerdictDraft:
        seen, kept = _opened(review_id, actor)
        if kept is None:
            return _first(seen, content, actor, page)
        follows = kept.version == base or (page and kept.page == page)
        is_same = _said(kept.content) == _said(content)
        if not follows and not is_same:
            raise DraftOutdated(kept, content, base)
        if is_same:
            return _changed(seen, kept, {"saved_at": seen.at}, actor, bumps=False)
        aside = _with_aside(kept, content) if replaces or _is_before_the_verdict(kept) else kept.set_aside
        changes = {"content": dict(content), "page": page, "set_aside": aside, "saved_at": seen.at}
        return _changed(seen, kept, changes, actor, bumps=True)

    return settle(act)


def put_aside(*, review_id: int, content: Mapping[str, Any], actor: User) -> VerdictDraft:
    """Set these words aside and keep the draft as it stands: the other answer to
    DraftOutdated."""

    def act() -> VerdictDraft:
        seen, kept = _opened(review_id, actor)
        if kept is None:
            return _first(seen, content, actor, "")
        aside = _added(kept.set_aside, content, seen.at.isoformat())
        return _changed(seen, kept, {"set_aside": aside}, actor, bumps=True)

    return settle(act)


def _opened(review_id: int, actor: User) -> tuple[Seen, VerdictDraft | None]:
    """The review, whose text must be open, and the actor's draft of it."""
    permit(actor, Permission.DRAFT)
    seen = see(review_id)
    review = seen.review
    if review.status not in BEFORE_VERDICT:
        raise Conflict(
            f"The review is {review.status}: its text is closed, the draft was not saved",
            code="draft_closed",
            extra={"review_status": review.status, "current_version": review.version},
        )
    return seen, VerdictDraft.objects.filter(review=review, author=actor).first()


def _first(seen: Seen, content: Mapping[str, Any], actor: User, page: str) -> VerdictDraft:
    draft = VerdictDraft(
        review=seen.review,
        author=actor,
        round=seen.review.round,
        content=dict(content),
        page=page,
        saved_at=seen.at,
    )
    draft.save(force_insert=True)
    _note_contributor(seen, actor)
    return draft


def _changed(seen: Seen, kept: VerdictDraft, changes: Mapping[str, Any], actor: User, *, bumps: bool) -> VerdictDraft:
    """One conditional UPDATE on the version that was read."""
    read = kept.version
    columns = {**changes, "round": seen.review.round, "version": read + bumps}
    if not VerdictDraft.objects.filter(pk=kept.pk, version=read).update(**columns):
        raise Moved(kept.review_id)
    for name, value in columns.items():
        setattr(kept, name, value)
    _note_contributor(seen, actor)
    return kept


def _is_before_the_verdict(kept: VerdictDraft) -> bool:
    """Whether somebody else submitted since: what is typed now starts from that."""
    since = Verdict.objects.filter(review=kept.review_id, submitted_at__gt=kept.saved_at)
    return since.exclude(author=kept.author_id).exists()


def _with_aside(kept: VerdictDraft, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is set aside when `content` replaces the draft's; words that come back
    from there no longer are."""
    left = [one for one in kept.set_aside if _said(one["content"]) != _said(content)]
    return _added(left, kept.content, kept.saved_at.isoformat())


def _added(aside: list[dict[str, Any]], content: Mapping[str, Any], saved_at: str) -> list[dict[str, Any]]:
    others = [one for one in aside if _said(one["content"]) != _said(content)]
    if not _said(content):
        return others
    return [*others, {"content": dict(content), "saved_at": saved_at}][-KEPT_ASIDE:]


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value}


def _note_contributor(seen: Seen, actor: User) -> None:
    round_ = {"review": seen.review, "round": seen.review.round, "user": actor}
    if Contributor.objects.filter(**round_).exists():
        return
    contributor, is_new = Contributor.objects.get_or_create(**round_, defaults={"what": "draft", "at": seen.at})
    if is_new:
        history.record(
            subject=seen.review,
            action="review.drafted",
            actor=actor,
            data={"round": seen.review.round},
            rows=[contributor],
            at=seen.at,
        )
