"""A serializer that each thread uses again: nothing of one request shows in the next."""

from concurrent.futures import ThreadPoolExecutor

from rest_framework import serializers

from factcheck.api.serializers import StrictSerializer, Text
from factcheck.api.views import reader


class Inner(StrictSerializer):
    word = Text()


class Outer(StrictSerializer):
    title = Text(max_length=5)
    parts = Inner(many=True, required=False)
    kinds = serializers.ListField(child=Text(), default=list)


def test_what_one_request_said_is_gone_in_the_next():
    first = reader(Outer, {"title": "one", "parts": [{"word": "a"}], "kinds": ["x"]})
    assert first.is_valid()
    kept = first.validated_data
    second = reader(Outer, {"title": "two"})
    assert second.is_valid()
    assert dict(second.validated_data) == {"title": "two", "kinds": []}
    assert kept["parts"][0]["word"] == "a"


def test_faults_do_not_stay():
    assert not reader(Outer, {"title": "far too long", "parts": [{}], "other": 1}).is_valid()
    assert reader(Outer, {"title": "short"}).is_valid()
    assert reader(Outer, {}, partial=True).is_valid()
    assert set(_faults(reader(Outer, {}))) == {"title"}
    assert set(_faults(reader(Outer, {"title": "a", "parts": [{}]}))) == {"parts"}


def _faults(bound: serializers.Serializer) -> dict:
    assert not bound.is_valid()
    return dict(bound.errors)


def test_a_default_is_made_anew_each_time():
    first = reader(Outer, {"title": "one"})
    assert first.is_valid()
    first.validated_data["kinds"].append("changed")
    second = reader(Outer, {"title": "two"})
    assert second.is_valid()
    assert second.validated_data["kinds"] == []


def test_threads_do_not_share_one():
    def read(number: int) -> bool:
        bound = reader(Outer, {"title": str(number)})
        return bound.is_valid() and bound.validated_data["title"] == str(number)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(400)))
