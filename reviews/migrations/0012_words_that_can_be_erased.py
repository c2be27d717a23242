"""What was asked of whom, and what they answered, can be erased.

Rows are append-only: those of before keep their words where they stand, new
ones have them in personal details.
"""

import django.db.models.deletion
from django.db import migrations, models


def _kept_apart(name: str) -> "models.OneToOneField":
    return models.OneToOneField(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to="audit.personaldetail",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_personal_detail"),
        ("reviews", "0011_a_publisher_sets_rules_aside"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="contactattempt", name="an_attempt_names_party_and_question"),
        migrations.RemoveConstraint(model_name="contactresponse", name="a_response_says_something"),
        migrations.AddField(model_name="contactattempt", name="party_detail", field=_kept_apart("party_of")),
        migrations.AddField(model_name="contactattempt", name="question_detail", field=_kept_apart("question_of")),
        migrations.AddField(model_name="contactresponse", name="text_detail", field=_kept_apart("answer_of")),
        migrations.AddConstraint(
            model_name="contactattempt",
            constraint=models.CheckConstraint(
                condition=(~models.Q(party="") | models.Q(party_detail__isnull=False))
                & (~models.Q(question="") | models.Q(question_detail__isnull=False)),
                name="an_attempt_names_party_and_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactresponse",
            constraint=models.CheckConstraint(
                condition=~models.Q(text="") | models.Q(text_detail__isnull=False), name="a_response_says_something"
            ),
        ),
    ]
