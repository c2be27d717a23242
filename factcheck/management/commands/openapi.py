"""`manage.py openapi`: the committed API schema, written or compared."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

PATH = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


def render() -> str:
    """The schema as YAML, validated against OpenAPI 3.1."""
    generator: Any = SchemaGenerator
    validate: Any = validate_schema
    renderer: Any = OpenApiYamlRenderer()
    schema = generator().get_schema(request=None, public=True)
    validate(schema)
    return str(renderer.render(schema, renderer_context={}).decode())


class Command(BaseCommand):
    """Prints the schema; --write keeps it in docs/, --check compares."""

    help = "The OpenAPI 3.1 schema of the REST API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/openapi.yaml")
        parser.add_argument("--check", action="store_true", help="fail unless docs/openapi.yaml is current")

    def handle(self, *args: Any, **options: Any) -> None:
        text = render()
        if options["write"]:
            PATH.write_text(text)
        elif options["check"]:
            if not PATH.exists() or PATH.read_text() != text:
                raise CommandError("docs/openapi.yaml is not current: ./dev manage openapi --write")
        else:
            self.stdout.write(text)
