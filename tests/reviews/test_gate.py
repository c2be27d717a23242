"""The standards gate: each rule kept and broken, and overrides."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import gate
from reviews.enums import Stance
from reviews.gate import EvidenceInput, GateFinding, GatePolicy, Override, VerdictInput

LOG = EvidenceInput(url="https://port.example/log", title="Port log", stance=Stance.REFUTES)
DAILY = EvidenceInput(url="https://daily.example/a", title="Daily", stance=Stance.CONTEXT)
VERDICT = VerdictInput(rating="false", explanation="The log shows 14 days.", evidence=(LOG, DAILY))
DEFAULT = GatePolicy()


def _opted(*codes):
    return GatePolicy(opt_in=frozenset(codes))


def _found(verdict, policy=DEFAULT, overrides=()):
    return [(one.code, one.pointer) for one in gate.check(verdict, policy, overrides)]


def test_gate_lets_a_sound_verdict_through():
    assert gate.check(VERDICT, DEFAULT) == []
    assert all(item.passed for item in gate.checklist(VERDICT, DEFAULT))


def test_gate_default_rules_are_these():
    assert [rule.code for rule in gate.rules_of(DEFAULT)] == [
        "rating",
        "explanation",
        "complete_sources",
        "independent_sources",
    ]


def test_gate_opt_in_rules_are_these():
    assert {rule.code for rule in gate.RULES.values() if not rule.by_default} == {
        "summary",
        "primary_source",
        "locator",
        "archived_copy",
        "both_sides",
        "claimant_contacted",
    }


def test_gate_names_everything_missing_from_an_empty_verdict():
    findings = gate.check(VerdictInput(), DEFAULT)
    assert findings == [
        GateFinding("rating", "/rating", "choose a rating"),
        GateFinding("explanation", "/explanation", "explain how the sources lead to the rating"),
        GateFinding("independent_sources", "/evidence", "0 of 2 independent sources; add 2 more from elsewhere"),
    ]


@pytest.mark.parametrize("nothing", [None, "", "   ", "...", "\u200b", "\n-\n"])
def test_gate_text_that_says_nothing_is_missing(nothing):
    assert _found(replace(VERDICT, explanation=nothing)) == [("explanation", "/explanation")]
    assert _found(replace(VERDICT, summary=nothing), _opted("summary")) == [("summary", "/summary")]


def test_gate_text_in_any_script_says_something():
    assert _found(replace(VERDICT, explanation="Лише 14 днів")) == []
    assert _found(replace(VERDICT, explanation="只有十四天")) == []


def test_gate_unknown_rating_names_the_scale():
    (finding,) = gate.check(VERDICT, GatePolicy(ratings=("mostly-false", "true")))
    assert (finding.code, finding.pointer) == ("rating", "/rating")
    assert "mostly-false, true" in finding.detail
    assert _found(VERDICT, GatePolicy(ratings=("false",))) == []


@pytest.mark.parametrize(
    ("sources", "groups"),
    [
        ([LOG, replace(LOG, url="https://www.port.example/other")], 1),
        ([LOG, replace(LOG, url="https://web.archive.org/web/2026/https://port.example/log")], 1),
        ([LOG, replace(LOG, url="https://port.example/wire", independence_group="agency")], 2),
        ([LOG, replace(LOG, independence_group="agency")], 1),
        ([LOG, replace(LOG, url="http://www.port.example/log/#top", independence_group="agency")], 1),
        (
            [
                LOG,
                replace(LOG, url="https://web.archive.org/web/2026/https://port.example/log", independence_group="x"),
            ],
            1,
        ),
        ([replace(LOG, independence_group="Agency "), replace(DAILY, independence_group="agency")], 1),
        ([LOG, EvidenceInput(title="The book", publisher="A Press", stance=Stance.CONTEXT)], 2),
        ([LOG, EvidenceInput(title="The book", stance=Stance.CONTEXT)], 1),
        ([LOG, replace(DAILY, confidential=True, confidential_reason="at risk", public_title="A paper")], 2),
        ([LOG, replace(LOG, url="https://a.github.io"), replace(LOG, url="https://b.github.io")], 3),
        ([replace(LOG, url="https://www.bbc.com/a"), replace(LOG, url="https://www.bbc.co.uk/b")], 1),
        ([replace(LOG, url="https://twitter.com/a"), replace(DAILY, independence_group="X.com")], 1),
        ([], 0),
    ],
)
def test_gate_counts_independence_groups(sources, groups):
    verdict = replace(VERDICT, evidence=tuple(sources))
    assert _found(verdict, GatePolicy(minimum_sources=groups)) == []
    assert _found(verdict, GatePolicy(minimum_sources=groups + 1)) == [("independent_sources", "/evidence")]


def test_gate_says_why_sources_do_not_count():
    book = EvidenceInput(title="The book", stance=Stance.CONTEXT)
    verdict = replace(VERDICT, evidence=(LOG, replace(LOG, url="https://port.example/b"), book))
    (finding,) = gate.check(verdict, DEFAULT)
    assert finding.detail == (
        "1 of 2 independent sources; sources 1, 2 all count as port.example; "
        "source 3 has no usable address, publisher or independence group to count by; add 1 more from elsewhere"
    )


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"url": "port.example/log"}, "/evidence/2/url"),
        ({"url": "javascript:alert(1)"}, "/evidence/2/url"),
        ({"url": "https://x.example/a b"}, "/evidence/2/url"),
        ({"url": " ", "title": ""}, "/evidence/2"),
        ({"stance": None}, "/evidence/2/stance"),
        ({"confidential": True, "public_title": "A log"}, "/evidence/2/confidential_reason"),
        (
            {"confidential": True, "confidential_reason": " ", "public_title": "A log"},
            "/evidence/2/confidential_reason",
        ),
        ({"confidential": True, "confidential_reason": "at risk", "public_title": "."}, "/evidence/2/public_title"),
        ({"is_secret": True}, "/evidence/2/confidential"),
    ],
)
def test_gate_incomplete_source_is_named_by_its_place(change, pointer):
    verdict = replace(VERDICT, evidence=(LOG, DAILY, replace(LOG, **change)))
    assert _found(verdict) == [("complete_sources", pointer)]


OPT_IN = [
    ("summary", {}, {"summary": "14 days."}, "/summary"),
    ("primary_source", {}, {"evidence": (replace(LOG, primary=True), DAILY)}, "/evidence"),
    ("primary_source", {}, {"reasons": {"primary_source": "the archive burnt down"}}, "/evidence"),
    (
        "locator",
        {"evidence": (replace(LOG, text_length=20_001), DAILY)},
        {"evidence": (replace(LOG, text_length=20_001, locator="p. 4"), DAILY)},
        "/evidence/0/locator",
    ),
    (
        "archived_copy",
        {"evidence": (replace(LOG, archived=True), DAILY)},
        {"evidence": (replace(LOG, archived=True), replace(DAILY, no_archive_reason="behind a login"))},
        "/evidence/1",
    ),
    ("both_sides", {}, {"evidence": (LOG, replace(DAILY, stance=Stance.SUPPORTS))}, "/evidence"),
    ("both_sides", {}, {"reasons": {"both_sides": "asked three archives, found nothing"}}, "/evidence"),
    ("claimant_contacted", {}, {"claimant_contacted": True}, ""),
    ("claimant_contacted", {}, {"reasons": {"claimant_contacted": "died in 2020"}}, ""),
]


@pytest.mark.parametrize(("code", "broken", "kept", "pointer"), OPT_IN)
def test_gate_opt_in_rule_kept_and_broken(code, broken, kept, pointer):
    assert _found(replace(VERDICT, **broken), _opted(code)) == [(code, pointer)]
    assert _found(replace(VERDICT, **broken)) == []
    assert _found(replace(VERDICT, **kept), _opted(code)) == []


def test_gate_every_opt_in_rule_has_an_example():
    assert {code for code, *_ in OPT_IN} == {rule.code for rule in gate.RULES.values() if not rule.by_default}


@pytest.mark.parametrize("reason", ["", " ", "-"])
def test_gate_reason_that_says_nothing_is_none(reason):
    verdict = replace(VERDICT, reasons={"primary_source": reason})
    assert _found(verdict, _opted("primary_source")) == [("primary_source", "/evidence")]


@pytest.mark.parametrize(
    ("change", "long"),
    [
        ({}, False),
        ({"text_length": 20_000}, False),
        ({"text_length": 20_001}, True),
        ({"media_type": "video/mp4", "text_length": 10}, True),
        ({"media_type": "Audio/ogg"}, True),
        ({"media_type": "application/pdf"}, True),
        ({"media_type": "application/pdf; x=1"}, True),
        ({"media_type": "application/pdf", "text_length": 900}, False),
        ({"media_type": "text/html"}, False),
    ],
)
def test_gate_is_long(change, long):
    assert gate.is_long(replace(LOG, **change)) is long


def test_gate_archived_copy_is_not_asked_of_confidential_or_offline_sources():
    hidden = replace(LOG, confidential=True, confidential_reason="at risk", public_title="A log")
    book = EvidenceInput(title="The book", publisher="A Press", stance=Stance.CONTEXT)
    assert _found(replace(VERDICT, evidence=(hidden, book)), _opted("archived_copy")) == []


def test_gate_override_lets_through_and_stays_visible():
    verdict = replace(VERDICT, evidence=(LOG,))
    override = Override("independent_sources", "only one log exists")
    assert _found(verdict) == [("independent_sources", "/evidence")]
    assert _found(verdict, DEFAULT, [override]) == []
    (item,) = [one for one in gate.checklist(verdict, DEFAULT, [override]) if one.findings]
    assert (item.code, item.override, item.passed) == ("independent_sources", override, True)


@pytest.mark.parametrize(
    "override",
    [
        Override("independent_sources", "  "),
        Override("no_such_rule", "because"),
        Override("rating", "because"),
        Override("explanation", "because"),
        Override("complete_sources", "because"),
    ],
)
def test_gate_override_that_cannot_stand_is_refused(override):
    verdict = VerdictInput()
    good = Override("independent_sources", "only one log exists")
    findings = gate.check(verdict, DEFAULT, [good, override])
    assert next(one for one in findings if one.code == "override").pointer == "/overrides/1"
    assert {"rating", "explanation"} <= {one.code for one in findings}


def test_gate_override_of_one_rule_lifts_no_other():
    verdict = replace(VERDICT, evidence=(LOG,), explanation="")
    assert _found(verdict, DEFAULT, [Override("independent_sources", "only one exists")]) == [
        ("explanation", "/explanation")
    ]


def test_gate_unknown_opt_in_is_refused():
    with pytest.raises(ValueError, match="no_such_rule"):
        gate.check(VERDICT, _opted("no_such_rule"))


_TEXT = st.none() | st.sampled_from(["", "x", "https://a.example/", "https://b.example/"]) | st.text(max_size=8)
_SOURCE = st.builds(EvidenceInput, url=_TEXT, title=_TEXT, publisher=_TEXT, independence_group=_TEXT, stance=...)
_VERDICT = st.builds(
    VerdictInput,
    rating=_TEXT,
    summary=_TEXT,
    explanation=_TEXT,
    evidence=st.lists(_SOURCE, max_size=4).map(tuple),
    reasons=st.dictionaries(st.sampled_from(list(gate.RULES)), st.text(max_size=5)),
)
_POLICY = st.builds(
    GatePolicy,
    minimum_sources=st.integers(0, 4),
    opt_in=st.frozensets(st.sampled_from(list(gate.RULES))),
)
_OVERRIDES = st.lists(st.builds(Override, rule=st.sampled_from([*gate.RULES, "other"]), reason=st.text(max_size=3)))


@given(_VERDICT, _POLICY, _OVERRIDES)
def test_gate_live_and_at_submit_agree(verdict, policy, overrides):
    items = gate.checklist(verdict, policy, overrides)
    findings = gate.check(verdict, policy, overrides)
    assert {one.code for one in findings} - {"override", "reasons"} == {item.code for item in items if not item.passed}
    assert [item.code for item in items] == [rule.code for rule in gate.rules_of(policy)]


@pytest.mark.parametrize("code", ["independent_sources", "anything at all", ""])
def test_gate_takes_no_reason_where_none_is_asked_for(code):
    findings = gate.check(replace(VERDICT, reasons={code: "we were lazy"}), DEFAULT)
    assert [(one.code, one.pointer) for one in findings] == [("reasons", f"/reasons/{code}")]


def test_gate_sets_aside_only_what_is_needed():
    lone = replace(VERDICT, evidence=(LOG,))
    wanted = [Override("independent_sources", "only one exists"), Override("primary_source", "none is left")]
    assert gate.needed(lone, DEFAULT, wanted) == (wanted[0],)
    assert gate.needed(VERDICT, DEFAULT, wanted) == ()


@given(_VERDICT, _POLICY, _SOURCE)
def test_gate_another_source_never_takes_independence_away(verdict, policy, source):
    before = [one for one in gate.check(verdict, policy) if one.code == "independent_sources"]
    more = replace(verdict, evidence=(*verdict.evidence, source))
    after = [one for one in gate.check(more, policy) if one.code == "independent_sources"]
    assert len(after) <= len(before)


@given(_VERDICT, _POLICY)
def test_gate_pointers_lead_into_the_verdict(verdict, policy):
    for finding in gate.check(verdict, policy):
        head, *rest = finding.pointer.split("/")[1:] or [""]
        assert head in {"", "rating", "summary", "explanation", "evidence", "reasons"}
        if head == "reasons":
            assert rest[0] in verdict.reasons
        elif rest:
            assert int(rest[0]) < len(verdict.evidence)
