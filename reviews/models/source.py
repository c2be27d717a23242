"""Sources: references that verdicts cite, one row for one page or document."""

from typing import ClassVar

from django.conf import settings
from django.db import models

MAX_URL = 2000


class EchoedCharField(models.CharField):  # type: ignore[type-arg] # the stub's parameters are what a plain CharField has
    """A column that an INSERT gives back as the database holds it.

    An upsert that meets an older row then shows that row's words and not the
    words that were offered.
    """

    db_returning = True


class EchoedDateTimeField(models.DateTimeField):  # type: ignore[type-arg] # the stub's parameters are those of the plain field
    """A moment that an INSERT gives back as the database holds it."""

    db_returning = True


class Source(models.Model):
    """A reference that can be cited again. `key` is the same for two spellings
    of one address; `independence_group` is what it is counted under.
    `confidential_since`: when a verdict first cited it as confidential; since
    then none may cite it openly. `version` counts the edits; `erased_at`: since
    then nobody can read what it was."""

    key = models.CharField(max_length=64, unique=True)
    url = models.CharField(max_length=MAX_URL, blank=True, default="")
    title = EchoedCharField(max_length=500, blank=True, default="")
    publisher = EchoedCharField(max_length=200, blank=True, default="")
    independence_group = EchoedCharField(max_length=255, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = EchoedDateTimeField()
    confidential_since = EchoedDateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["title", "id"], name="source_title"),
            models.Index(fields=["independence_group", "id"], name="source_group"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"Source {self.pk}"
