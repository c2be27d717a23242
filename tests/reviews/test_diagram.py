"""The generated document: current, complete, and careful with the words around it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import diagram, workflow
from reviews.enums import Action, ReviewStatus, Role
from reviews.policies import Permission


def test_diagram_committed_document_is_current():
    committed = diagram.DOCUMENT.read_text(encoding="utf-8")
    assert committed == diagram.rewritten(committed)


def test_diagram_draws_every_edge_and_no_other():
    drawn = set(re.findall(r"^    (\w+) --> (\w+) : ", diagram.render(), re.MULTILINE))
    expected = set()
    for status, reports in workflow.STATES.items():
        for report_status in reports:
            for action in workflow.allowed_actions(status, report_status):
                row = workflow.find(status, report_status, action)
                for met in (True, False):
                    expected.add((status.value, row.leads_to(status, report_status, met=met)[0].value))
    assert drawn == expected


@pytest.mark.parametrize("word", [*Action, *ReviewStatus, *Role, *Permission, *workflow.GUARDS])
def test_diagram_mentions_every_word(word):
    assert re.search(rf"\b{word}\b", diagram.render())


def test_diagram_labels_hold_nothing_that_breaks_mermaid():
    labels = re.findall(r"--> \w+ : (.*)", diagram.render())
    assert labels
    assert all(re.fullmatch(r"[\w ,()]+", label) for label in labels)


@given(st.text(), st.text())
def test_diagram_rewriting_keeps_the_words_around_it(head, tail):
    once = diagram.rewritten(f"{head}{diagram.BEGIN}stale{diagram.END}{tail}")
    assert once.startswith(head)
    assert once.endswith(tail)
    assert "stale" not in once[len(head) : len(once) - len(tail)]
    assert diagram.rewritten(once) == once


@pytest.mark.parametrize(
    "document",
    [
        "",
        diagram.BEGIN,
        diagram.END + diagram.BEGIN,
        (diagram.BEGIN + diagram.END) * 2,
    ],
)
def test_diagram_document_without_its_markers_is_refused(document):
    with pytest.raises(ValueError, match="once each"):
        diagram.rewritten(document)
