"""The schema is made from every view, also from one that takes no query."""

import pytest
from drf_spectacular.generators import SchemaGenerator


@pytest.mark.django_db
def test_schema_names_the_query_of_lists_and_none_where_there_is_none():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    me = schema["paths"]["/api/v1/me"]["get"]
    assert [one["name"] for one in me.get("parameters", []) if one["in"] == "query"] == []
    listed = schema["paths"]["/api/v1/claims"]["get"]
    assert {"limit", "cursor"} <= {one["name"] for one in listed["parameters"] if one["in"] == "query"}
