"""A form of the review page, filled in and sent, and what it answered."""

from django.contrib.messages import get_messages

from reviews.models import Review

WHOLE = {
    "form": "verdict",
    "page": "ab12",
    "rating": "mostly_false",
    "summary": "It was closed for 14 days.",
    "explanation": "The port's log shows 14 days.\r\nNot 40.",
    "evidence-0-url": "https://port.example/log",
    "evidence-0-title": "Port log",
    "evidence-0-stance": "refutes",
    "evidence-0-primary": "1",
    "evidence-1-url": "https://daily.example/bridge",
    "evidence-1-stance": "context",
}


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def send(client, review, name, **typed):
    review = Review.objects.get(pk=review.pk)
    fields = {"form": name, "version": review.version, **typed}
    return client.post(f"/admin/review/{review.pk}/{name}/", fields)


def state_of(review) -> str:
    return Review.objects.get(pk=review.pk).status
