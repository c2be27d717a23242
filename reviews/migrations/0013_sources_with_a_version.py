"""Sources count their edits, and an INSERT tells whether it made the row."""

from django.db import migrations, models

import reviews.models.source


class Migration(migrations.Migration):

    dependencies = [
        ("reviews", "0012_words_that_can_be_erased"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.SeparateDatabaseAndState(  # the column stays as it is
            state_operations=[
                migrations.AlterField(
                    model_name="source",
                    name="created_at",
                    field=reviews.models.source.EchoedDateTimeField(),
                ),
            ],
        ),
    ]
