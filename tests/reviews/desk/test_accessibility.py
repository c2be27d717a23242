"""What every page must have for people who see, point or type differently."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from claims.enums import Triage
from claims.models import Claim
from reviews.models import Source
from tests import factories

pytestmark = pytest.mark.django_db
UNLABELLED = {"hidden", "submit", "button"}


class Outline(HTMLParser):
    """Ids, labels, inputs, headings and landmarks of a page; templates aside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.described: set[str] = set()
        self.inputs: list[dict] = []
        self.headings: list[int] = []
        self.landmarks: list[str] = []
        self.in_label = self.in_template = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.in_template += tag == "template"
        if self.in_template:
            return
        if "id" in named:
            self.ids.append(named["id"])
        for name in ("aria-describedby", "aria-labelledby"):
            self.described.update((named.get(name) or "").split())
        if tag == "label":
            self.in_label += 1
            self.labelled.add(named.get("for", ""))
        if tag in {"input", "select", "textarea"} and named.get("type") not in UNLABELLED:
            self.inputs.append({**named, "in_label": bool(self.in_label)})
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag in {"main", "header", "nav"}:
            self.landmarks.append(tag)

    def handle_endtag(self, tag):
        self.in_template -= tag == "template"
        self.in_label -= tag == "label" and not self.in_template


def _pages(allrounder) -> list[str]:
    held = factories.taken(allrounder)
    suggested = factories.claim(of=held.claim.article, number=1)
    Claim.objects.filter(pk=suggested.pk).update(triage=Triage.SUGGESTED.value)
    return [
        "/admin/queue/?tab=all",
        f"/admin/review/{held.pk}/",
        f"/admin/review/{factories.submitted(factories.checker()).review_id}/",
        f"/admin/review/{factories.published().review_id}/",
        "/admin/approvals/",
        "/admin/articles/",
        f"/admin/article/{held.claim.article_id}/",
        f"/admin/claim/{suggested.pk}/",
        "/admin/submit/",
        "/admin/notices/",
        "/admin/sources/",
        f"/admin/source/{Source.objects.latest('pk').pk}/",
        f"/admin/article/{held.claim.article_id}/history/",
        "/admin/review/999/",
    ]


def test_every_page_has_labels_headings_landmarks_and_a_way_past_the_menu(signed_in, allrounder):
    client = signed_in(allrounder)
    for path in _pages(allrounder):
        page = client.get(path).content.decode()
        outline = Outline(page)
        assert len(outline.ids) == len(set(outline.ids)), path
        assert outline.described <= set(outline.ids), path
        unlabelled = [i for i in outline.inputs if not i["in_label"] and i.get("id") not in outline.labelled]
        assert unlabelled == [], path
        assert outline.headings.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(outline.headings)), path
        assert outline.landmarks[:2] == ["header", "nav"], path
        assert outline.landmarks.count("main") == 1, path
        assert '<a class="skip" href="#main">' in page, path
        assert '<html lang="en">' in page, path


def test_a_disabled_button_says_why(signed_in, allrounder):
    waiting = factories.submitted(allrounder)
    page = signed_in(allrounder).get(f"/admin/review/{waiting.review_id}/").content.decode()
    for button in page.split("<button")[1:]:
        opening = button.split(">", 1)[0]
        if " disabled" in opening:
            assert "aria-describedby=" in opening
