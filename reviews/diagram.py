"""The workflow as Markdown: the diagram and tables of docs/workflow.md.

Everything is read from `reviews.workflow` and `reviews.policies`, so the
document can be held to the code. The generated part stands between two
markers; the words around it are written by hand and never touched.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from reviews import policies, workflow
from reviews.enums import Action, ReviewStatus, Role
from reviews.policies import Permission
from reviews.workflow import Transition

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "workflow.md"
BEGIN = "<!-- workflow:begin (written by `manage.py workflow_diagram --write`) -->"
END = "<!-- workflow:end -->"

Granted = TypeVar("Granted", bound=StrEnum)


def render() -> str:
    """The generated part, without the markers: diagram, rows, words, roles."""
    parts = (
        "```mermaid\n" + "\n".join(_diagram()) + "\n```",
        "### Transitions",
        _transitions(),
        "### Guards",
        _glossary({**workflow.GUARDS, **workflow.OUTCOMES}),
        "### Effects",
        _glossary(workflow.EFFECTS),
        "### Roles: actions",
        _roles(Action, policies.ACTIONS),
        "### Roles: permissions beside the workflow",
        _roles(Permission, policies.PERMISSIONS),
    )
    return "\n\n".join(parts)


def rewritten(document: str) -> str:
    """`document` with the part between the markers current.

    ValueError when the markers are not there exactly once, in order.
    """
    head, begin, rest = document.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end or BEGIN in tail or END in head + tail:
        raise ValueError(f"the document must hold {BEGIN} and {END} once each")
    return f"{head}{BEGIN}\n\n{render()}\n\n{END}{tail}"


def _diagram() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    [*] --> {ReviewStatus.QUEUED}"
    labels: dict[tuple[ReviewStatus, ReviewStatus], list[str]] = {}
    for row in workflow.TRANSITIONS:
        for edge, label in _edges(row):
            labels.setdefault(edge, []).append(label)
    order = list(ReviewStatus)
    for (source, target), actions in sorted(labels.items(), key=lambda item: [order.index(x) for x in item[0]]):
        yield f"    {source} --> {target} : {', '.join(actions)}"
    yield f"    {ReviewStatus.RETRACTED} --> [*]"


def _edges(row: Transition) -> Iterator[tuple[tuple[ReviewStatus, ReviewStatus], str]]:
    for status in _sources(row):
        met = f" ({row.outcome} met)" if row.outcome else ""
        yield (status, row.target or status), row.action + met
        if row.outcome:
            yield (status, row.otherwise or status), f"{row.action} ({row.outcome} not met)"


def _sources(row: Transition) -> list[ReviewStatus]:
    """The statuses the row really starts from: those with a fitting report status."""
    return [s for s in row.sources if any(row.starts_from(s, r) for r in workflow.STATES[s])]


def _transitions() -> str:
    lines = [
        "| from | report | action | to | report becomes | guards | effects |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in workflow.TRANSITIONS:
        sources = _sources(row)
        target = row.target or "unchanged"
        if row.outcome:
            target = f"{target} when `{row.outcome}`, else {row.otherwise}"
        cells = (
            ", ".join(sources),
            ", ".join(r for r in row.report_sources if any(row.starts_from(s, r) for s in sources)),
            row.action,
            target,
            row.report_target or "unchanged",
            ", ".join(f"`{name}`" for name in row.guards),
            ", ".join(f"`{name}`" for name in row.effects),
        )
        lines.append(_line(cells))
    return "\n".join(lines)


def _glossary(words: Mapping[str, str]) -> str:
    return "\n".join(["| name | meaning |", "|---|---|", *(_line((f"`{k}`", v)) for k, v in words.items())])


def _roles(kinds: type[Granted], granted: Mapping[Role, frozenset[Granted]]) -> str:
    lines = [_line(("", *Role)), "|---" * (len(Role) + 1) + "|"]
    lines += [_line((kind, *("yes" if kind in granted[role] else "" for role in Role))) for kind in kinds]
    return "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
