"""OpenAPI from the views: queries, headers and problems are added here."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter


class DeskSchema(AutoSchema):
    """Adds what every DeskView has beside its serializers."""

    def get_override_parameters(self) -> list[Any]:
        """The view's query, and the headers a method takes."""
        parameters: list[Any] = []
        query = getattr(self.view, "query", None)
        if self.method == "GET" and query is not None and query().fields:
            parameters.append(query)
        if self.method == "POST":
            parameters.append(
                OpenApiParameter(
                    "Idempotency-Key",
                    str,
                    OpenApiParameter.HEADER,
                    description="A key of your choice: a repeated request with it answers the first response.",
                )
            )
        if self.method in getattr(self.view, "conditional", ()):
            parameters.append(
                OpenApiParameter(
                    "If-Match",
                    str,
                    OpenApiParameter.HEADER,
                    required=True,
                    description='The ETag last seen: `"v7"`.',
                )
            )
        return parameters

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """The operation with the problem document as its default response."""
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            operation["responses"]["default"] = {
                "description": "Refused; see `code` and `errors`.",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
        return operation


def add_problem(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Postprocessing hook: the Problem schema."""
    place = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("pointer", "code", "detail")},
    }
    members: dict[str, Any] = {name: {"type": "string"} for name in ("type", "title", "code", "detail", "request_id")}
    members["status"] = {"type": "integer"}
    members["errors"] = {"type": "array", "items": place}
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = {
        "type": "object",
        "required": sorted(members),
        "properties": members,
    }
    return result


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # drf-spectacular registers subclasses untyped
    """How a machine signs in."""

    target_class = "factcheck.api.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer", "description": "Authorization: Bearer fct_..."}
