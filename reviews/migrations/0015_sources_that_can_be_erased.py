"""The words of a cited source get a digest of their own, so that they can be erased."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0014_the_claimant_was_asked"),
    ]

    operations = [
        migrations.AddField("evidence", "erased_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("evidence", "salt", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddField("evidence", "words_digest", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField("source", "erased_at", models.DateTimeField(blank=True, null=True)),
    ]
