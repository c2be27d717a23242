"""Comments, suggestions and rules set aside, as they are sent from the review page."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from factcheck.errors import Invalid
from reviews.desk.fields import lines, require_lengths
from reviews.desk.overrides import MAX_REASON
from reviews.desk.remarks import LIMITS
from reviews.desk.workspace import Workspace
from reviews.enums import CommentPlace, SuggestedPart
from reviews.services import comments, overrides, suggestions


class FormSent(Workspace):
    """A form of the review page; refused, the page shows it again. `limits`
    are the most characters of each text."""

    limits: ClassVar[Mapping[str, int]] = LIMITS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect(self.back())

    def text(self, name: str) -> str:
        """A text of the form, no longer than the desk keeps."""
        value = lines(self.request.POST.get(name, ""))
        require_lengths([(f"/{name}", value, self.limits[name])])
        return value


class CommentSent(FormSent):
    """A comment."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add it."""
        about = request.POST.get("about", "")
        kind, _, number = about.partition("-")
        if kind not in {"", *CommentPlace} or (number and not (number.isascii() and number.isdigit())):
            raise Invalid.at("/about", "place_unknown", "Choose what the comment is about")
        comments.add(
            review_id=pk,
            text=self.text("text"),
            place=CommentPlace(kind or CommentPlace.REVIEW.value),
            exact=self.text("exact"),
            source=int(number[:5]) if number else None,
            actor=self.actor,
        )
        messages.success(request, "Your comment is kept.")
        return redirect(f"{self.back()}#discussion")


class SuggestionSent(FormSent):
    """Another wording."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Suggest it to the author."""
        part, verdict = request.POST.get("part", ""), request.POST.get("verdict", "")
        if part not in set(SuggestedPart):
            raise Invalid.at("/part", "part_unknown", "Choose the part you mean")
        suggestions.suggest(
            verdict_id=int(verdict) if verdict.isascii() and verdict.isdigit() and len(verdict) < 18 else 0,
            part=SuggestedPart(part),
            before=self.text("before"),
            after=self.text("after"),
            reason=self.text("reason"),
            actor=self.actor,
        )
        messages.success(request, "Your suggestion waits for the author.")
        return redirect(f"{self.back()}#discussion")


class SuggestionAccepted(FormSent):
    """The author's one action."""

    def post(self, request: HttpRequest, pk: int, suggestion: int) -> HttpResponse:
        """Take the words over into the own draft."""
        suggestions.accept(suggestion_id=suggestion, actor=self.actor, expected_version=self.version())
        messages.success(request, "The words stand in your draft now. Submit it when you are done.")
        return redirect(f"{self.back()}#verdict")


class RuleSetAside(FormSent):
    """A rule set aside for the next verdict."""

    limits: ClassVar = {"rule": 40, "reason": MAX_REASON}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set it aside."""
        overrides.set_aside(review_id=pk, rule=self.text("rule"), reason=self.text("reason"), actor=self.actor)
        messages.success(request, "The rule is set aside for the next verdict of this review.")
        return redirect(f"{self.back()}#overrides")
