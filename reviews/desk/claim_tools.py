"""Mending claims and sentences by hand: other words, several in place of one,
one in place of several, and what a sentence is."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from claims import selectors
from claims.enums import Boilerplate, Disposition, NotAClaim
from claims.models import Claim, Sentence
from claims.policies import Right
from claims.services import articles, editing, triage
from claims.services.editing import Span
from factcheck.errors import Invalid, NotFound
from reviews.desk import claim_forms, words
from reviews.desk.claims import ClaimPage
from reviews.desk.fields import Refusal, lines, require_lengths, whole
from reviews.desk.screen import Screen

MAX_PARTS = 20


class ToolSent(ClaimPage):
    """A form of the claim's page; refused, the page shows it again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(reverse("desk:claim", args=[self.kwargs["pk"]]))

    def found(self) -> Claim:
        """The claim that the form is about."""
        return selectors.claim_for(self.actor, self.kwargs["pk"])

    def seen(self, claim: Claim) -> int:
        """The version the person saw."""
        version = self.version()
        return claim.version if version is None else version

    def to_article(self, claim: Claim, told: str) -> HttpResponse:
        """Say it, and go to the claim's place in the article."""
        messages.success(self.request, told)
        return redirect(f"{reverse('desk:article', args=[claim.article_id])}#claim-{claim.pk}")


class Adjusted(ToolSent):
    """Other words of the article."""

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Move the claim to them."""
        claim = self.found()
        revision = selectors.latest_revision(claim.article)
        exact = lines(request.POST.get("exact", ""))
        require_lengths([("/exact", exact, claim_forms.LIMITS["exact"])])
        span = claim_forms.span_of(revision.text, exact, request.POST)
        editing.adjust(claim=claim, revision=revision, span=span, actor=self.actor, expected_version=self.seen(claim))
        return self.to_article(claim, "The claim stands at these words now.")


class Parted(ToolSent):
    """Several claims in place of one."""

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Split it at the wordings given, one a line."""
        claim = self.found()
        revision = selectors.latest_revision(claim.article)
        parts = [one.strip() for one in lines(request.POST.get("parts", "")).split("\n") if one.strip()]
        if not 2 <= len(parts) <= MAX_PARTS:
            raise Invalid.at("/parts", "spans_missing", f"Give 2 to {MAX_PARTS} wordings, each on a line of its own")
        spans = [_part(claim, revision.pk, revision.text, part) for part in parts]
        made = editing.split(
            claim=claim, revision=revision, spans=spans, actor=self.actor, expected_version=self.seen(claim)
        )
        return self.to_article(made[0], f"Split into {len(made)} claims, all selected.")


def _part(claim: Claim, revision_id: int, text: str, words_: str) -> Span:
    """Where a part stands: inside the claim's own words if they are there."""
    anchor = claim.anchor
    base, within = 0, text
    if anchor is not None and anchor.revision_id == revision_id:
        base, within = anchor.start, anchor.quote
    if within.count(words_) != 1:
        how = "do not stand" if words_ not in within else "stand more than once"
        raise Invalid.at("/parts", "words_not_found", f"The words {words_[:60]!r} {how} in the claim's words")
    start = base + within.index(words_)
    return Span(start, start + len(words_), words_)


class Merged(ToolSent):
    """One claim says the same as another."""

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Make it a duplicate of that one."""
        claim = self.found()
        number = whole(request.POST.get("root", ""), pointer="/root", least=1, most=2**31)
        root = selectors.claim_for(self.actor, number)
        triage.merge(root=root, others=[claim], actor=self.actor)
        return self.to_article(root, f"Claim {claim.pk} is a duplicate of claim {root.pk} now.")


class SentencePage(Screen):
    """What one sentence of the ledger is."""

    template = "desk/sentence.html"
    section = "articles"
    rights: ClassVar = (Right.TRIAGE,)

    def _found(self) -> Sentence:
        article = selectors.article_for(self.actor, self.kwargs["pk"])
        ordinal = min(self.kwargs["ordinal"], 2**31 - 1)
        found = selectors.sentences_of(article).select_related("run__revision__article").filter(ordinal=ordinal).first()
        if found is None:
            raise NotFound(f"The article has no sentence {ordinal}")
        return found

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        sentence = self._found()
        chosen = f"{sentence.disposition}:{sentence.reason}"
        context = {
            "title": f"Sentence {sentence.ordinal}",
            "sentence": sentence,
            "article": sentence.run.revision.article,
            "words": sentence.run.revision.text[sentence.start : sentence.end],
            "offered": [(value, label, value == chosen) for value, label in OFFERED],
            "decided_at": sentence.decided_at.isoformat() if sentence.decided_at else "",
        }
        return self.shown(context, refusal)

    def post(self, request: HttpRequest, pk: int, ordinal: int) -> HttpResponse:
        """Say what it is; later extractions carry that over."""
        sentence = self._found()
        chosen = request.POST.get("what", "")
        if chosen not in {value for value, _ in OFFERED}:
            raise Invalid.at("/what", "disposition_unknown", "Choose what the sentence is")
        disposition, _, reason = chosen.partition(":")
        articles.dispose(
            article=sentence.run.revision.article,
            sentence=sentence,
            disposition=disposition,
            reason=reason,
            actor=self.actor,
            seen_at=_moment(request.POST.get("decided_at", "")),
        )
        messages.success(request, f"Sentence {ordinal} is noted so.")
        return redirect(f"{reverse('desk:article', args=[pk])}?line={ordinal}#ledger")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid.at("/decided_at", "moment_invalid", "The form is not whole: open the page again") from None


def _offered() -> list[tuple[str, str]]:
    """Every disposition with every reason it takes, in words."""
    reasons: dict[str, list[str]] = {
        Disposition.NOT_A_CLAIM.value: [one.value for one in NotAClaim],
        Disposition.BOILERPLATE.value: [one.value for one in Boilerplate],
    }
    found = []
    for one in Disposition:
        label = words.DISPOSITION[one.value]
        for reason in reasons.get(one.value, [""]):
            told = f"{label}: {words.plain(reason)}" if reason else label
            found.append((f"{one.value}:{reason}", told))
    return found


OFFERED = tuple(_offered())
