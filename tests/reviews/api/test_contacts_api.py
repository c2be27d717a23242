"""Right of reply over REST and through the review page."""

import pytest

from factcheck.accounts.roles import Role
from factcheck.api.models import IdempotencyRecord
from factcheck.audit import personal
from factcheck.audit.models import PersonalDetail
from reviews.enums import Channel
from reviews.models import ContactAttempt
from reviews.services import contacts
from tests import factories

pytestmark = pytest.mark.django_db
BODY = {"party": "The port", "person": "Ana Ruiz", "channel": "phone", "question": "How many days?"}


def test_contacts_are_recorded_answered_and_listed(client_of, django_assert_max_num_queries):
    by = factories.checker()
    at = f"/api/v1/reviews/{factories.taken(by).pk}/contacts"
    client = client_of(by)
    made = client.post(at, {**BODY, "deadline": None}, format="json")
    assert made.status_code == 201, made.content
    for number in range(3):
        client.post(at, BODY, format="json")
        client.post(f"/api/v1/contacts/{made.json()['id']}/responses", {"response": f"{number}"}, format="json")
    with django_assert_max_num_queries(10):
        listed = client.get(at).json()["data"]
    assert len(listed) == 4
    assert listed[-1]["person"] == "Ana Ruiz"
    assert [one["response"] for one in listed[-1]["responses"]] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"party": ""}, "/party"), ({"channel": "pigeon"}, "/channel"), ({"deadline": "2020-01-01T00:00Z"}, "/deadline")],
)
def test_a_refused_contact_names_its_place(client_of, change, pointer):
    by = factories.checker()
    answer = client_of(by).post(f"/api/v1/reviews/{factories.taken(by).pk}/contacts", {**BODY, **change}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_the_page_records_a_question_and_its_answer(client):
    by = factories.checker()
    at = f"/admin/review/{factories.taken(by).pk}/"
    client.force_login(by)
    assert (
        client.post(f"{at}contact/", {**BODY, "form": "contact", "deadline": "", "is_claimant": "1"}).status_code == 302
    )
    attempt = ContactAttempt.objects.get()
    assert attempt.is_claimant
    sent = {"form": "reply", "contact": attempt.pk, "response": "Fourteen."}
    assert client.post(f"{at}reply/", sent).status_code == 302
    page = client.get(at).content.decode()
    assert "Ana Ruiz" in page
    assert "Fourteen." in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"party": ""}, "Say how the report shall name"),
        ({"channel": "pigeon"}, "Choose how they were asked"),
        ({"deadline": "soon"}, "Write the day as"),
        ({"deadline": "2020-01-01"}, "must lie after the question"),
    ],
)
def test_a_refused_question_is_shown_again(client, change, said):
    by = factories.checker()
    at = f"/admin/review/{factories.taken(by).pk}/"
    client.force_login(by)
    answer = client.post(f"{at}contact/", {**BODY, "form": "contact", **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_no_answer_with_somebodys_words_is_kept_with_its_key_and_a_replay_shows_the_row(client_of):
    by = factories.checker()
    at = f"/api/v1/reviews/{factories.taken(by).pk}/contacts"
    client = client_of(by)
    first = client.post(at, BODY, format="json", headers={"Idempotency-Key": "k1"}).json()
    again = client.post(at, BODY, format="json", headers={"Idempotency-Key": "k1"})
    assert (again.headers["Idempotency-Replayed"], again.json()) == ("true", first)
    words = (f"/api/v1/contacts/{first['id']}/responses", {"response": "Fourteen, says Ana."})
    reply = client.post(*words, format="json", headers={"Idempotency-Key": "k2"}).json()
    assert client.post(*words, format="json", headers={"Idempotency-Key": "k2"}).json() == reply
    kept = "".join(IdempotencyRecord.objects.values_list("body", flat=True))
    assert not [word for word in ("Ana", "port", "Fourteen", "days") if word in kept]
    detail = PersonalDetail.objects.get(kind="contact")
    personal.erase(detail_id=detail.pk, reason="asked", actor=factories.user(Role.ADMINISTRATOR))
    replayed = client.post(at, BODY, format="json", headers={"Idempotency-Key": "k1"})
    assert (replayed.status_code, replayed.json()["person"]) == (201, None)
    assert ContactAttempt.objects.count() == 1


def test_an_administrator_finds_what_to_erase_by_its_words_and_its_number(client_of, client, person):
    by = factories.checker()
    review = factories.taken(by)
    asking = client_of(by)
    made = asking.post(f"/api/v1/reviews/{review.pk}/contacts", BODY, format="json").json()
    reply = asking.post(f"/api/v1/contacts/{made['id']}/responses", {"response": "Fourteen."}, format="json").json()
    client.force_login(person("ada", Role.ADMINISTRATOR))
    place = f"question {made['id']} to The port (review {review.pk})"
    names = {
        made["details"]["party"]: f"Whom the report names in {place}",
        made["details"]["person"]: f"Name and address behind {place}",
        made["details"]["question"]: f"Words of {place}",
        reply["detail"]: f"Answer {reply['id']} by The port to question {made['id']} (review {review.pk})",
    }
    page = client.get("/admin/audit/personaldetail/").content.decode()
    assert not [word for word in ("Ana Ruiz", "How many days", "Fourteen") if word in page]
    for pk, name in names.items():
        assert name in page
        asked = client.post("/admin/audit/personaldetail/", {"action": "erase", "_selected_action": [pk]})
        assert name in asked.content.decode()
        found = client.get(f"/admin/audit/personaldetail/?q={pk}").content.decode()
        assert name in found


def test_the_list_of_details_asks_the_same_for_any_number(client, person, django_assert_max_num_queries):
    by = factories.checker()
    review = factories.taken(by)
    for _ in range(10):
        contacts.ask(review_id=review.pk, question=contacts.Question("The port", Channel.EMAIL, "Why?"), actor=by)
    client.force_login(person("ada", Role.ADMINISTRATOR))
    with django_assert_max_num_queries(15):
        assert client.get("/admin/audit/personaldetail/").status_code == 200
