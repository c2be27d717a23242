"""Stage 1: furniture is labelled by kind, body text is left alone."""

import pytest

from claims.enums import Boilerplate
from claims.pipeline.blocks import read_blocks
from claims.pipeline.furniture import label_line
from claims.pipeline.shapes import DocumentInfo

BODY = "The bridge over the Wend was closed on Monday after engineers found cracks in two of its pillars."


def kinds(text: str, title: str | None = None) -> list[tuple[str, Boilerplate | None]]:
    """(words, kind) of every block."""
    return [(text[block.start : block.end], block.kind) for block in read_blocks(text, DocumentInfo(title=title))]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Advertisment", Boilerplate.AD),
        ("ADVERTISEMENT", Boilerplate.AD),
        ("Article continues below", Boilerplate.AD),
        ("SPONSORED: Ten shoes for autumn", Boilerplate.AD),
        ("Also read: Mayor denies she knew of the cracks", Boilerplate.RELATED_LINK),
        ("READ MORE: Ferry fares to double", Boilerplate.RELATED_LINK),
        ("Related stories", Boilerplate.RELATED_LINK),
        ("(With inputs from agencies)", Boilerplate.CREDIT),
        ("(Reporting by Ann Lee in Oslo; Editing by Bob Ray)", Boilerplate.CREDIT),
        ("Photography: Ilse Hahn", Boilerplate.CREDIT),
        ("© 2025 The Wend Courier. All rights reserved.", Boilerplate.CREDIT),
        ("16.52 GMT", Boilerplate.TIMESTAMP),
        ("2 hours ago", Boilerplate.TIMESTAMP),
        ("Published: 3 June 2024, 10:15", Boilerplate.TIMESTAMP),
        ("date 2025-03-14", Boilerplate.DATELINE),
        ("Friday, March 14, 2025", Boilerplate.DATELINE),
        ("By Dawn Pritchard, Local Democracy Reporter", Boilerplate.BYLINE),
        ("Image: The bridge in 1987", Boilerplate.CAPTION),
        ("FILE - Workers stand on the bridge, May 3, 2023. (AP Photo/Jo Hu)", Boilerplate.CAPTION),
        ("Sign up to our free newsletter", Boilerplate.NEWSLETTER),
        ("Get the best of Wend in your inbox every morning", Boilerplate.NEWSLETTER),
        ("Share this article   Facebook   X   WhatsApp   Email", Boilerplate.SHARE),
        ("Follow us on Facebook and Instagram", Boilerplate.SHARE),
        ("Media enquiries: Jo Hu, +44 1632 960000", Boilerplate.CONTACT),
        ("ENDS", Boilerplate.CONTACT),
    ],
)
def test_label_line_names_the_furniture(line, kind):
    assert label_line(line) is kind


@pytest.mark.parametrize(
    "line",
    [
        BODY,
        "Share prices fell by 3% on Monday.",
        "By Monday the water had risen two metres.",
        "At least 107 people were killed when a crane fell.",
        "Watch your step.",
        "Sources said the deal was worth £4m.",
        "Published in May, the study followed 300 nurses for ten years.",
        "Police said he had a photo: it showed the van.",
        "Get the facts right, he said.",
    ],
)
def test_label_line_leaves_text_alone(line):
    assert label_line(line) is None


def test_dateline_is_split_from_its_sentence():
    text = f"PORT ASHBY, Feb 11 (Meridian Wire) - {BODY}"
    assert kinds(text) == [("PORT ASHBY, Feb 11 (Meridian Wire) -", Boilerplate.DATELINE), (BODY, None)]


def test_glued_date_is_split_from_its_sentence():
    assert kinds(f" date 2025-03-14 {BODY}") == [("date 2025-03-14", Boilerplate.DATELINE), (BODY, None)]


def test_clause_with_a_dash_is_no_dateline():
    assert kinds(f"Nobody knew – {BODY}") == [(f"Nobody knew – {BODY}", None)]


def test_credit_behind_a_paragraph_is_split_off():
    found = kinds(f"{BODY} (Reporting by Ann Lee)")
    assert found == [(BODY, None), ("(Reporting by Ann Lee)", Boilerplate.CREDIT)]


def test_short_lines_without_a_stop_are_headings():
    found = kinds(f"Bridge shut\n\n{BODY}\n\n'It shook like a leaf'\n\n{BODY} Again.")
    assert [kind for _, kind in found] == [Boilerplate.HEADING, None, Boilerplate.HEADING, None]


def test_bullets_are_text():
    assert kinds("• Total investment of £910 million")[0][1] is None


def test_title_in_the_text_is_a_heading():
    title = "Is the bridge safe? We asked the engineers who built it."
    assert kinds(f"{title}\n\n{BODY}", title)[0][1] is Boilerplate.HEADING


def test_links_under_a_heading_are_links():
    text = f"{BODY}\n\nMore on this story\nFerry fares to double\nWhy are bridges old? A guide\n\n{BODY} Again."
    assert [kind for _, kind in kinds(text)] == [None, *[Boilerplate.RELATED_LINK] * 3, None]


def test_repeated_quotation_is_a_pull_quote():
    text = f'"It shook like a leaf in the wind," said Ann Lee.\n\n"It shook like a leaf in the wind"\n\n{BODY}'
    assert kinds(text)[1][1] is Boilerplate.PULL_QUOTE


def test_hard_wrapped_lines_are_one_paragraph():
    lines = [
        "The bridge over the river Wend was closed on Monday evening after",
        "engineers of the county found cracks in two of the seven pillars that",
        "carry it.",
    ]
    assert kinds("\n".join(lines)) == [("\n".join(lines), None)]
