"""Sources say since when a verdict keeps them confidential; known uses are marked."""

from typing import Any

from django.db import migrations
from django.db.models import Min, OuterRef, Subquery

import reviews.models.source


def mark(apps: Any, _schema_editor: Any) -> None:
    """Mark every source by the first verdict that cites it as confidential."""
    uses = apps.get_model("reviews", "Evidence").objects.filter(source=OuterRef("pk"), confidential=True)
    first = uses.order_by().values("source").annotate(at=Min("verdict__submitted_at")).values("at")
    apps.get_model("reviews", "Source").objects.update(confidential_since=Subquery(first))


class Migration(migrations.Migration):

    dependencies = [
        ("reviews", "0009_drafts_with_a_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="confidential_since",
            field=reviews.models.source.EchoedDateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
