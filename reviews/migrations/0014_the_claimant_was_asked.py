"""Questions say whether they went to the claimant; those on record counted as that so far."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0013_sources_with_a_version"),
    ]

    operations = [
        migrations.AddField(model_name="contactattempt", name="is_claimant", field=models.BooleanField(default=True)),
        migrations.AlterField(
            model_name="contactattempt", name="is_claimant", field=models.BooleanField(default=False)
        ),
    ]
