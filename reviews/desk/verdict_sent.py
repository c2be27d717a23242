"""The verdict form as it is sent: save, submit, add or remove a source, go on
from another text. What was typed is kept first, whatever comes after it."""

import re
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from factcheck.errors import DomainError
from reviews import contacts, selectors
from reviews.desk import sign_in, verdict_form, writing
from reviews.desk.workspace import MAX_ROWS, Workspace, checklist_of
from reviews.models import VerdictDraft
from reviews.overrides import standing
from reviews.policies import Permission
from reviews.services import drafts, leases, verdicts
from reviews.submissions import submission_of

CHOSEN = "You go on from the text you chose. Yours as it was is kept below the form."


class VerdictSent(Workspace):
    """One sending of the verdict form."""

    rights: ClassVar = (Permission.READ_DESK,)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save, then do what the button says."""
        own = VerdictDraft.objects.filter(review=pk, author=self.actor).first()
        chosen = writing.chosen(pk, request.POST, own)
        content = verdict_form.content_of(request.POST)
        if (removed := request.POST.get("remove", "")).isascii() and removed.isdigit():
            content = verdict_form.without_source(content, int(removed))
        verdict_form.require_fitting(content)
        content = {**_untouched(own), **content}
        if request.POST.get("do") == "aside":
            drafts.put_aside(review_id=pk, content=content, actor=self.actor)
            return self._done("The other text stays. What you typed is kept below the form.")
        saved = self._save(pk, content, own, chosen)
        if request.headers.get(sign_in.AUTOSAVE):
            self._renew(pk)
            return self._checked(content, saved)
        if request.POST.get("do") == "submit" and chosen is None:
            return self._submit(content)
        self._renew(pk)
        return self._done(CHOSEN) if chosen is not None else self._saved(content)

    def refuse(self, error: DomainError) -> HttpResponse:
        """As every screen; an autosave that came too late shows both texts."""
        if isinstance(error, drafts.DraftOutdated) and self.request.headers.get(sign_in.AUTOSAVE):
            own = selectors.drafts_of(self.kwargs["pk"]).filter(author=self.actor).first()
            return self.page("desk/_two_texts.html", {"outdated": writing.outdated(own)}, status=error.status)
        return super().refuse(error)

    def _save(
        self, pk: int, content: dict[str, Any], own: VerdictDraft | None, chosen: dict[str, Any] | None
    ) -> VerdictDraft:
        """What was typed, and then what was chosen in its place."""
        typed = self.request.POST
        is_typed = chosen is None or "explanation" in typed
        saved = own
        if is_typed:
            instead = typed.get("instead_of", "")
            saved = drafts.save(
                review_id=pk,
                content=content,
                actor=self.actor,
                base=int(instead) if _is_version(instead) else writing.base_named(typed),
                page=writing.page_named(typed),
                replaces=bool(instead),
            )
        if chosen is None and saved is not None:
            return saved
        base = saved.version if saved is not None else None
        return drafts.save(review_id=pk, content=chosen or {}, actor=self.actor, base=base, replaces=True)

    def _renew(self, pk: int) -> None:
        """Work renews the lease of who holds it; of nobody else."""
        try:
            leases.renew(review_id=pk, actor=self.actor)
        except DomainError:
            return

    def _checked(self, content: dict[str, Any], saved: VerdictDraft) -> HttpResponse:
        pk = self.kwargs["pk"]
        lifted = standing(pk)
        ratings = list(selectors.ratings_in_force())
        items = checklist_of(content, ratings, was_asked=contacts.was_claimant_asked(pk), set_aside=lifted)
        context = {"checklist": items, "passed": sum(item.passed for item in items), "saved_at": saved.saved_at}
        return self.page("desk/_checklist.html", context)

    def _submit(self, content: dict[str, Any]) -> HttpResponse:
        done = verdicts.submit(
            review_id=self.kwargs["pk"],
            submission=submission_of(content),
            actor=self.actor,
            expected_version=self.version(),
        )
        messages.success(self.request, f"Submitted as revision {done.verdict.revision}. Somebody else approves it now.")
        return redirect(self._address())

    def _saved(self, content: dict[str, Any]) -> HttpResponse:
        places = len(content["evidence"])
        if self.request.POST.get("do") == "add_source":
            rows = max(places + 1, verdict_form.LEAST_ROWS)
            return redirect(f"{self._address(rows=rows)}#verdict-evidence-{min(places, MAX_ROWS - 1)}")
        return self._done("Draft saved.")

    def _done(self, said: str) -> HttpResponse:
        messages.success(self.request, said)
        return redirect(f"{self._address()}#verdict")

    def _address(self, **query: object) -> str:
        """The page again; to a browser that keeps a copy of its own it says that
        the words of that page are taken in."""
        page = writing.page_named(self.request.POST)
        if page and self.request.POST.get("local") == page:
            query["taken"] = page
        return f"{self.back()}?{urlencode(query)}" if query else self.back()


def _untouched(own: VerdictDraft | None) -> dict[str, Any]:
    """Members of the draft that the form does not show."""
    return {"reasons": own.content.get("reasons") or {}} if own is not None else {}


def _is_version(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) is not None
