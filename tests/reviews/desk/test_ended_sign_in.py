"""A form sent after the sign-in ended: nothing typed is lost, and nothing shown to another."""

import pytest

from reviews.models import Verdict
from tests import factories
from tests.conftest import PASSWORD
from tests.reviews.desk.forms import WHOLE
from tests.reviews.desk.pages import hidden

pytestmark = pytest.mark.django_db


def _sign_in_again(client, user, back):
    user.set_password(PASSWORD)
    user.save()
    login = client.post("/admin/login/", {"username": user.username, "password": PASSWORD, "next": back})
    assert login["Location"] == back
    return client.get(back)


def test_a_verdict_sent_after_the_sign_in_ended_comes_back_filled_in(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    back = f"/admin/review/{held.pk}/"
    owner = hidden(client.get(back).content, "owner")
    client.logout()
    answer = client.post(f"{back}verdict/", {**WHOLE, "owner": owner, "do": "submit", "version": held.version})
    assert answer["Location"] == f"/admin/login/?next={back}"
    page = _sign_in_again(client, allrounder, back).content.decode()
    assert "Your sign-in had ended" in page
    assert "Nothing was sent" in page
    assert 'value="https://daily.example/bridge"' in page
    assert "Not 40." in page
    assert not Verdict.objects.exists()
    assert "Your sign-in had ended" not in client.get(back).content.decode()


def test_what_one_person_typed_is_not_shown_to_another(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    back = f"/admin/review/{held.pk}/"
    owner = hidden(client.get(back).content, "owner")
    client.logout()
    client.post(f"{back}verdict/", {**WHOLE, "owner": owner})
    page = _sign_in_again(client, factories.checker(), back).content.decode()
    assert "Not 40." not in page


@pytest.mark.parametrize("owner", ["", "1", "forged:token"])
def test_a_stranger_leaves_nothing_in_the_session(client, owner):
    held = factories.taken(factories.checker())
    client.post(f"/admin/review/{held.pk}/verdict/", {**WHOLE, "owner": owner})
    assert not client.session.keys()


def test_autosave_after_the_sign_in_ended_says_so(client):
    held = factories.taken(factories.checker())
    answer = client.post(f"/admin/review/{held.pk}/verdict/", WHOLE, headers={"X-Desk-Autosave": "1"})
    assert answer.status_code == 401
    assert "Sign in again in another tab" in answer.content.decode()
