"""The page that describes the API fits the desk's content security policy."""

from django.test import Client


def test_the_description_has_nothing_inline_and_leads_back():
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=")
    assert 'href="/admin/">Back to the desk</a>' in page
