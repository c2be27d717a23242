"""Requests in the right shape with hostile contents: API bodies by the schema, and the pages' own forms.

Junk is refused at the door; only what fits gets deep enough to be stored.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import lxml.html
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from claims.models import Article, Claim
from factcheck.jobs.models import Job
from reviews.models import ContactAttempt, Review, SavedView, Source, Suggestion, Verdict
from tests.hostile.corpus import Corpus

OWNERS = {
    "articles": Article,
    "claims": Claim,
    "contacts": ContactAttempt,
    "jobs": Job,
    "reviews": Review,
    "sources": Source,
    "suggestions": Suggestion,
    "verdicts": Verdict,
    "views": SavedView,
}
PLAIN = ("The river rose by 4 metres.", "x", "Überprüft – “ja”", "a\nb", "<b>bold</b>", "=1+1", "\u202eabc", "🙂" * 20)
ADDRESSES = (
    "https://one.example/a?b=c#d",
    "https://xn--bcher-kva.example/",
    "http://[2001:db8::1]/x",
    "https://a.example/%2e%2e/",
)


@dataclass(frozen=True)
class Operation:
    """One operation of the API: its method, path and the schema of its JSON body."""

    method: str
    path: str
    schema: dict[str, Any] | None


@cache
def _document() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


@cache
def operations() -> list[Operation]:
    """Every operation that changes something."""
    found = []
    for path, methods in _document()["paths"].items():
        for method, told in methods.items():
            content = told.get("requestBody", {}).get("content", {}) if isinstance(told, dict) else {}
            if method in {"post", "put", "patch", "delete"} and (not content or "application/json" in content):
                found.append(Operation(method, path, content.get("application/json", {}).get("schema")))
    return found


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = _document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            return _resolved(schema[several][0])
    return schema


def valid(schema: dict[str, Any], corpus: Corpus, name: str = "") -> Any:
    """A value that the schema allows, with texts that are odd but text."""
    schema = _resolved(schema)
    if "enum" in schema:
        return corpus.pick(list(schema["enum"]))
    kind = schema.get("type")
    kind = next((one for one in kind if one != "null"), None) if isinstance(kind, list) else kind
    if kind == "object":
        members = schema.get("properties", {})
        wanted = [one for one in members if one in schema.get("required", ()) or corpus.chance(0.6)]
        return {one: valid(members[one], corpus, one) for one in wanted}
    if kind == "array":
        return [valid(schema["items"], corpus, name) for _ in range(corpus.pick([1, 1, 2, 3]))]
    if kind == "integer":
        return corpus.pick([1, 1, 2, 3, 0, 5])
    if kind in {"number", "boolean"}:
        return corpus.pick([0, 1]) if kind == "number" else corpus.chance(0.5)
    if schema.get("format") == "date-time":
        return corpus.pick(["2026-05-03T10:00:00Z", "2199-12-31T23:59:59+14:00"])
    if "url" in name or schema.get("format") == "uri":
        return corpus.pick(list(ADDRESSES))
    if name.endswith(("_at", "date")):
        return corpus.pick(["2026", "2026-05", "2026-05-03", "0001-01-01"])
    return corpus.pick(list(PLAIN)) if corpus.chance(0.5) else _storable(corpus.text())


def _storable(text: str) -> str:
    """Text that may pass for text: no NUL, no lone surrogate."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode() or "x"


def path_of(operation: Operation, corpus: Corpus) -> str:
    """The path with ids of things that are there, mostly."""
    kind = operation.path.split("/")[3]
    there = list(OWNERS[kind].objects.order_by("-pk").values_list("pk", flat=True)[:20]) if kind in OWNERS else []
    path = operation.path.replace("{ordinal}", str(corpus.pick([0, 1, 2, 99])))
    return path.replace("{id}", str(corpus.pick(there or [1])) if corpus.chance(0.9) else "999999")


def version_of(path: str) -> int:
    """The version of what an address names, or 1."""
    parts = path.split("/")
    model = {"claims": Claim, "reviews": Review}.get(parts[3])
    if model is None or len(parts) < 5 or not parts[4].isdigit():
        return 1
    return model.objects.filter(pk=parts[4]).values_list("version", flat=True).first() or 1


def call(client: Client, corpus: Corpus) -> tuple[str, Any]:
    """One operation with a fitting body, of which perhaps one value is hostile."""
    operation = corpus.pick(operations())
    path = path_of(operation, corpus)
    body = valid(operation.schema, corpus) if operation.schema else {}
    if isinstance(body, dict) and body and corpus.chance(0.35):
        body[corpus.pick(sorted(body))] = corpus.value()
    headers = {"If-Match": f'"v{version_of(path)}"', **({"Idempotency-Key": "again"} if corpus.chance(0.05) else {})}
    send = getattr(client, operation.method)
    return f"{operation.method} {path}", send(path, body, content_type="application/json", headers=headers)


def submit_a_form(client: Client, corpus: Corpus, pages: list[str]) -> tuple[str, Any]:
    """One of a page's own forms, its hidden fields as they are and hostile texts in the others."""
    page = corpus.pick(pages)
    answer = client.get(page)
    forms = lxml.html.fromstring(answer.content).forms if answer.status_code == 200 else []
    posted = [form for form in forms if form.method == "POST" and "logout" not in (form.action or "")]
    if not posted:
        return f"GET {page}", answer
    form = corpus.pick(posted)
    address = form.action or page
    return f"form {address} on {page}", client.post(address, _filled(form, corpus))


def _filled(form: Any, corpus: Corpus) -> dict[str, str]:
    given = {}
    for field in form.inputs:
        kind = field.get("type", "text") if field.tag == "input" else field.tag
        if not field.name or kind == "file":
            continue
        if kind == "select":
            given[field.name] = corpus.pick([*field.value_options, "no such"]) if field.value_options else ""
        elif kind in {"hidden", "submit", "radio", "checkbox"}:
            given[field.name] = field.get("value") or "on"
        else:
            given[field.name] = corpus.pick(ADDRESSES) if kind == "url" else _storable(corpus.text())
    return given
