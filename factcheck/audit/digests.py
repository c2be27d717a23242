"""Digests of rows, so that history says what the rows contained."""

from django.db import models

from factcheck import canonical


def label(row: models.Model) -> str:
    """`claims.ArticleRevision:7`: how a digest names its row."""
    return f"{row._meta.label}:{row.pk}"


def content(row: models.Model) -> dict[str, object]:
    """The row's columns by name; a model may leave out those that can be erased
    by naming them in `digest_excludes`."""
    excluded = getattr(row, "digest_excludes", ())
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.attname not in excluded
    }


def of(row: models.Model) -> str:
    """Hex SHA-256 of the row's content."""
    return canonical.digest(content(row))
