"""The brake on guessing passwords holds for many attempts at the same moment."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client, RequestFactory

from factcheck import clock
from factcheck.accounts import people, throttle
from factcheck.accounts.forms import SignInForm
from factcheck.accounts.models import SignInFailure
from factcheck.accounts.roles import Role

PASSWORD = "correct-horse-battery"


def sign_in(password, username="olena", address="192.0.2.7"):
    """Codes of the refusal; none when the person is in."""
    request = RequestFactory().post("/admin/login/", REMOTE_ADDR=address)
    form = SignInForm(request, data={"username": username, "password": password})
    return [] if form.is_valid() else [error.code for error in form.non_field_errors().as_data()]


@pytest.fixture
def olena(db):
    return people.create(username="olena", roles=[Role.CHECKER], actor=None, password=PASSWORD)


def test_the_sixth_attempt_is_refused_even_with_the_right_password(olena):
    assert [sign_in("wrong") for _ in range(5)] == [["invalid_login"]] * 5
    assert sign_in(PASSWORD) == ["throttled"]
    assert sign_in(PASSWORD, address="192.0.2.8") == []
    with clock.shifted(timedelta(minutes=16)):
        assert sign_in(PASSWORD) == []


def test_success_counts_nothing_and_a_closed_door_is_no_failure(olena):
    for _ in range(7):
        assert sign_in(PASSWORD) == []
    assert not SignInFailure.objects.exists()
    for _ in range(9):
        sign_in("wrong")
    assert SignInFailure.objects.count() == 2 * throttle.PER_NAME


def test_one_address_may_not_try_many_names(olena):
    refused = [sign_in("wrong", username=f"person{n}") for n in range(throttle.PER_ADDRESS + 1)]
    assert refused[-1] == ["throttled"]
    assert refused[:-1] == [["invalid_login"]] * throttle.PER_ADDRESS


@pytest.mark.django_db(transaction=True)
def test_many_attempts_at_once_are_admitted_no_more_often():
    people.create(username="olena", roles=[Role.CHECKER], actor=None, password=PASSWORD)
    barrier, outcomes = threading.Barrier(12), []

    def attempt():
        try:
            barrier.wait()
            outcomes.append(sign_in("wrong"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 12
    assert outcomes.count(["invalid_login"]) <= throttle.PER_NAME
    assert SignInFailure.objects.count() <= 2 * throttle.PER_NAME


def test_the_sign_in_page_says_to_wait(olena):
    client = Client()
    for _ in range(6):
        answer = client.post("/admin/login/", {"username": "olena", "password": "wrong"})
    assert "Wait fifteen minutes" in answer.content.decode()
