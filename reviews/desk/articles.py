"""Articles: the list, and one with its whole text, ledger and claims."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from claims import selectors as claim_selectors
from claims.models import Article, ArticleRevision, Claim, ExtractionRun, Sentence
from claims.policies import Right, may
from claims.services import articles
from factcheck.api.pages import Order, page
from factcheck.errors import Malformed, NotFound
from reviews.desk import claim_forms, highlights, reading, words
from reviews.desk.fields import Refusal, lines, require_lengths, typed_in
from reviews.desk.highlights import Line
from reviews.desk.screen import Screen
from reviews.policies import Permission

NEWEST = Order("newest", ("id",))
READERS: tuple[Permission | Right, ...] = (Permission.READ_DESK, Right.SUBMIT_ARTICLE)
ROWS = 50
LEDGER_ROWS = 200
MAX_REASON = 500


class Articles(Screen):
    """Every article the person may see, newest first."""

    template = "desk/articles.html"
    section = "articles"
    rights: ClassVar = READERS

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        words_sought = self.request.GET.get("q", "").strip()[:200]
        rows = claim_selectors.articles_for(self.actor).select_related("submitted_by")
        for word in words_sought.split():
            rows = rows.filter(title__icontains=word)
        found = page(rows, order=NEWEST, limit=ROWS, cursor=self.request.GET.get("cursor"))
        figures = claim_selectors.counts(found.rows)
        kept = {"q": words_sought} if words_sought else {}
        context = {
            "title": "Articles",
            "q": words_sought,
            "rows": [_article_row(row, figures[row.pk]) for row in found.rows],
            "next": f"?{urlencode({**kept, 'cursor': found.next})}" if found.next else "",
            "prev": f"?{urlencode({**kept, 'cursor': found.prev})}" if found.prev else "",
            "may_submit": may(self.actor.roles, Right.SUBMIT_ARTICLE),
            "reads_desk": may(self.actor.roles, Right.READ_DESK),
        }
        return self.shown(context, refusal)


def _article_row(row: Article, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "article": row,
        "status": words.ARTICLE[row.status],
        "coverage": percent(figures["coverage"]),
        **{name: figures[name] for name in ("sentences", "claims", "selected")},
    }


def percent(share: float) -> int:
    """A share as whole percent, never rounded up to 100."""
    return int(share * 100)


class ArticlePage(Screen):
    """One article. Every form of the page that is refused shows it again."""

    template = "desk/article.html"
    section = "articles"
    rights: ClassVar = READERS

    def back(self) -> str:
        """The page itself, also for the addresses its forms are sent to."""
        return reverse("desk:article", args=[self.kwargs["pk"]])

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        article = claim_selectors.article_for(self.actor, self.kwargs["pk"])
        revision = claim_selectors.newest_revision(article)
        if revision is None:
            return self._without_text(article, refusal)
        run = claim_selectors.current_run(article)
        is_ruled = run is not None and run.revision_id == revision.pk
        sentences = list(Sentence.objects.filter(run=run).order_by("start")) if is_ruled else []
        roles = self.actor.roles
        reads_desk = may(roles, Right.READ_DESK)
        claims = list(reading.claims_in(revision.pk))
        addresses = {} if reads_desk else {claim.pk: f"#claim-{claim.pk}" for claim in claims}
        marks = reading.marks_of(claims, addresses=addresses)
        context = {
            "title": article.title or f"Article {article.pk}",
            "article": article,
            "revision": revision,
            "status": words.ARTICLE[article.status],
            "is_underway": article.status in {"received", "extracting"},
            "run": run,
            "text": highlights.shown(revision.text, marks, [_line(one) for one in sentences]),
            "claims": [_claim_row(claim, number, reads_desk, refusal) for number, claim in enumerate(claims, start=1)],
            "unplaced": self._unplaced(article, revision, refusal),
            "may_triage": may(roles, Right.TRIAGE),
            "may_withdraw": may(roles, Right.WITHDRAW_ARTICLE),
            "reads_desk": reads_desk,
            "adding": claim_forms.adding(typed_in(refusal, claim_forms.ADD), refusal),
            "withdrawing": typed_in(refusal, "withdraw"),
            **self._ledger(revision, run, sentences),
        }
        return self.shown(context, refusal)

    def _without_text(self, article: Article, refusal: Refusal) -> HttpResponse:
        """The page of an article whose text is being fetched, or did not come."""
        context = {
            "title": article.title or f"Article {article.pk}",
            "article": article,
            "status": words.ARTICLE[article.status],
            "is_underway": article.status == "fetching",
            "may_submit": may(self.actor.roles, Right.SUBMIT_ARTICLE),
            "may_withdraw": may(self.actor.roles, Right.WITHDRAW_ARTICLE),
            "withdrawing": typed_in(refusal, "withdraw"),
            "refusal": refusal,
        }
        status = refusal.status if refusal.title else 200
        return self.page("desk/article_without_text.html", context, status=status)

    def _unplaced(self, article: Article, revision: ArticleRevision, refusal: Refusal) -> list[dict[str, Any]]:
        """Claims of earlier texts that have no sure place in this one."""
        rows = claim_selectors.standing(Claim.objects.filter(article=article)).exclude(anchor__revision=revision)
        return [_claim_row(claim, 0, False, refusal) for claim in rows.order_by("pk")[:ROWS]]

    def _ledger(
        self, revision: ArticleRevision, run: ExtractionRun | None, sentences: Sequence[Sentence]
    ) -> dict[str, Any]:
        """The lines from `?line=`, with their words, and the sums of all."""
        asked = self.request.GET.get("line", "1")
        first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        shown = [one for one in sentences if one.ordinal >= first][: LEDGER_ROWS + 1]
        decided = sum(1 for one in sentences if one.disposition != "unreviewed")
        sums: dict[str, int] = {}
        for one in sentences:
            sums[one.disposition] = sums.get(one.disposition, 0) + 1
        return {
            "ledger": [
                {
                    "ordinal": one.ordinal,
                    "words": revision.text[one.start : one.end],
                    "disposition": one.disposition,
                    "told": words.DISPOSITION[one.disposition],
                    "reason": words.plain(one.reason),
                }
                for one in shown[:LEDGER_ROWS]
            ],
            "ledger_next": shown[LEDGER_ROWS].ordinal if len(shown) > LEDGER_ROWS else None,
            "sums": [(name, told, sums[name]) for name, told in words.DISPOSITION.items() if name in sums],
            "total": len(sentences),
            "coverage": percent(decided / len(sentences)) if sentences else None,
        }


def _line(sentence: Sentence) -> Line:
    return Line(sentence.start, sentence.end, sentence.disposition, sentence.reason)


def _claim_row(claim: Claim, number: int, reads_desk: bool, refusal: Refusal) -> dict[str, Any]:
    review = getattr(claim, "review", None) if reads_desk else None
    form = f"dismiss-{claim.pk}"
    return {
        "claim": claim,
        "number": number,
        "triage": words.TRIAGE[claim.triage],
        "score": round(claim.score * 100),
        "review": review,
        "address": reading.address_of(claim) if review else "",
        "review_status": words.STATUS[review.status] if review else "",
        "placement": words.PLACEMENT.get(claim.placement, ""),
        "form": form,
        "reason": refusal.typed.get("reason", "") if refusal.form == form else "",
        "errors": refusal.at("/reason") if refusal.form == form else (),
    }


class ClaimAdded(ArticlePage):
    """A claim the extraction missed, by its exact words."""

    def show(self, refusal: Refusal) -> HttpResponse:
        """The article's page with the refusal; NotFound when there is no such claim."""
        if "pk" not in self.kwargs:
            raise NotFound("There is no such claim that you may see")
        return super().show(refusal)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add it and go to it."""
        article = claim_selectors.article_for(self.actor, pk)
        claim = claim_forms.add(article, request.POST, self.actor)
        messages.success(request, "The claim is added and selected for review.")
        return redirect(f"{self.back()}#claim-{claim.pk}")


class ArticleWithdrawn(ArticlePage):
    """An article is hidden; it is kept."""

    def show(self, refusal: Refusal) -> HttpResponse:
        """The article's page with the refusal; NotFound when there is no such claim."""
        if "pk" not in self.kwargs:
            raise NotFound("There is no such claim that you may see")
        return super().show(refusal)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw it."""
        article = claim_selectors.article_for(self.actor, pk)
        reason = lines(request.POST.get("reason", ""))
        require_lengths([("/reason", reason, MAX_REASON)])
        articles.withdraw(article=article, reason=reason, actor=self.actor, expected_version=self.version())
        messages.success(request, "The article is withdrawn: hidden, and kept.")
        return redirect("desk:articles")


class Triaged(ArticlePage):
    """POST: one claim is selected, dismissed or sent back to the suggestions."""

    def back(self) -> str:
        """The article's page."""
        claim = Claim.objects.filter(pk=self.kwargs["claim"]).values_list("article", flat=True).first()
        return reverse("desk:article", args=[claim]) if claim else reverse("desk:articles")

    def show(self, refusal: Refusal) -> HttpResponse:
        """The article's page with the refusal; NotFound when there is no such claim."""
        if "pk" not in self.kwargs:
            raise NotFound("There is no such claim that you may see")
        return super().show(refusal)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def post(self, request: HttpRequest, claim: int, name: str) -> HttpResponse:
        """Decide on it and stay at its place."""
        found = claim_selectors.claim_for(self.actor, claim)
        self.kwargs["pk"] = found.article_id
        decide = claim_forms.TRIAGE.get(name)
        if decide is None:
            raise Malformed(f"There is no action {name[:40]!r} on a claim")
        messages.success(request, decide(found, request.POST, self.actor, self.version()))
        return redirect(f"{self.back()}#claim-{claim}")
