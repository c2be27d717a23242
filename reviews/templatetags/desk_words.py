"""What the screens call the values of vocabularies."""

from django import template

from reviews.desk import words

register = template.Library()


@register.filter
def correction(kind: str) -> str:
    """A type of correction: `rating_changed` is "The rating changes"."""
    return words.CORRECTION.get(kind, kind.replace("_", " "))


@register.filter
def drop_reason(reason: str) -> str:
    """Why a review was dropped: `no_evidence` is "No evidence can be had"."""
    return words.DROP.get(reason, reason.replace("_", " "))
