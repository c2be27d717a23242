"""Input and output of the claims API; input and output are apart."""

from typing import Any

from rest_framework import serializers

from claims.enums import (
    ArticleStatus,
    ClaimantType,
    ClaimType,
    Disposition,
    FetchState,
    Kind,
    Placement,
    RowState,
    Speech,
    Triage,
)
from factcheck.api.serializers import ListQuery, StrictSerializer, Text, Whole

Choices = list[tuple[str, str]]


def _choices(enum: Any) -> Choices:
    return [(member.value, member.value) for member in enum]


ARTICLE_STATUS = _choices(ArticleStatus)
FETCH_STATE = _choices(FetchState)
ROW_STATE = _choices(RowState)
CLAIM_KIND = _choices(Kind)
CLAIMANT_TYPE = _choices(ClaimantType)


class ArticleFields(StrictSerializer):
    """What may be said of an article. Dates keep the precision they are given."""

    title = Text(max_length=500, required=False, allow_blank=True)
    outlet = Text(max_length=200, required=False, allow_blank=True)
    author = Text(max_length=200, required=False, allow_blank=True)
    published_at = Text(max_length=40, required=False, allow_null=True)
    language = Text(max_length=12, required=False, allow_blank=True)
    external_id = Text(max_length=200, required=False, allow_blank=True)


class ArticleIn(ArticleFields):
    """A submission: `text` as it stands, never trimmed, or `html` to be read,
    or nothing but the `url` its text is to be fetched from."""

    text = Text(required=False, allow_blank=True)
    html = Text(required=False, allow_blank=True)
    url = Text(max_length=2000, required=False, allow_blank=True)


class ArticleFileIn(ArticleFields):
    """A submission as a form: the file, and what is known of it."""

    url = Text(max_length=2000, required=False, allow_blank=True)
    file = serializers.FileField(required=True)


class FileIn(StrictSerializer):
    """A form with one file."""

    file = serializers.FileField(required=True)


class PreviewOut(serializers.Serializer[Any]):
    """What would be read of a page or file; nothing is kept."""

    text = serializers.CharField()
    title = serializers.CharField(allow_null=True)
    author = serializers.CharField(allow_null=True)
    outlet = serializers.CharField(allow_null=True)
    published_at = serializers.CharField(allow_null=True)
    language = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    format = serializers.CharField()
    warnings = serializers.ListField(child=serializers.CharField())


class FetchOut(serializers.Serializer[Any]):
    """How fetching an article's text went."""

    state = serializers.ChoiceField(choices=FETCH_STATE)
    error = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField(allow_null=True)


class BulkFileOut(serializers.Serializer[Any]):
    """A bulk file and how far it is."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    total = serializers.IntegerField()
    rows = serializers.DictField(child=serializers.IntegerField())
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField(allow_null=True)


class BulkRowOut(serializers.Serializer[Any]):
    """One row of a bulk file and what became of it."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ROW_STATE)
    article = serializers.IntegerField(allow_null=True)
    external_id = serializers.CharField(allow_null=True)
    code = serializers.CharField(allow_null=True)
    detail = serializers.CharField(allow_null=True)


class BulkRowQuery(ListQuery):
    """Filters of a bulk file's rows."""

    state = serializers.ChoiceField(choices=ROW_STATE, required=False)


class FeedIn(StrictSerializer):
    """A feed to be read from now on."""

    url = Text(max_length=2000)
    outlet = Text(max_length=200, required=False, allow_blank=True, default="")
    every_minutes = Whole(required=False, default=15)


class FeedPatch(StrictSerializer):
    """What may be changed of a feed."""

    outlet = Text(max_length=200, required=False, allow_blank=True)
    every_minutes = Whole(required=False)
    stopped = serializers.BooleanField(required=False)


class FeedOut(serializers.Serializer[Any]):
    """A feed, when it was last read and how that went."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    title = serializers.CharField(allow_null=True)
    outlet = serializers.CharField(allow_null=True)
    every_minutes = serializers.IntegerField()
    polled_at = serializers.DateTimeField(allow_null=True)
    next_poll_at = serializers.DateTimeField()
    failures = serializers.IntegerField()
    error = serializers.CharField(allow_null=True)
    warnings = serializers.ListField(child=serializers.CharField())
    stopped_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class FeedEntryOut(serializers.Serializer[Any]):
    """One entry and the article it became."""

    id = serializers.IntegerField()
    article = serializers.IntegerField(allow_null=True)
    error = serializers.CharField(allow_null=True)
    seen_at = serializers.DateTimeField()


class RevisionIn(StrictSerializer):
    """Another text of the same article."""

    text = Text(allow_blank=True)


class CountsOut(serializers.Serializer[Any]):
    """Figures of an article."""

    sentences = serializers.IntegerField()
    claims = serializers.IntegerField()
    selected = serializers.IntegerField()


class ArticleOut(serializers.Serializer[Any]):
    """An article."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=ARTICLE_STATUS)
    version = serializers.IntegerField()
    revision = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    outlet = serializers.CharField(allow_null=True)
    author = serializers.CharField(allow_null=True)
    published_at = serializers.CharField(allow_null=True)
    language = serializers.CharField(allow_null=True)
    external_id = serializers.CharField(allow_null=True)
    counts = CountsOut()
    coverage = serializers.FloatField()
    fetch = FetchOut(allow_null=True)
    warnings = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()


class RevisionOut(serializers.Serializer[Any]):
    """One text of an article."""

    number = serializers.IntegerField()
    text = serializers.CharField(trim_whitespace=False)
    sha256 = serializers.CharField()
    created_at = serializers.DateTimeField()


class SentenceOut(serializers.Serializer[Any]):
    """One ledger entry."""

    ordinal = serializers.IntegerField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    disposition = serializers.ChoiceField(choices=_choices(Disposition))
    reason = serializers.CharField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class SentenceIn(StrictSerializer):
    """What a person says a sentence is."""

    disposition = serializers.ChoiceField(choices=_choices(Disposition))
    reason = Text(max_length=20, required=False, allow_blank=True, default="")
    decided_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class ClaimantOut(serializers.Serializer[Any]):
    """Who made a claim."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    type = serializers.ChoiceField(choices=CLAIMANT_TYPE)


class CheckWorthinessOut(serializers.Serializer[Any]):
    """A calibrated probability, the model, and its reasons in words."""

    score = serializers.FloatField()
    model = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class ClaimOut(serializers.Serializer[Any]):
    """A claim with its exact words."""

    id = serializers.IntegerField()
    article = serializers.IntegerField()
    revision = serializers.IntegerField(allow_null=True)
    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)
    quote = serializers.CharField(allow_null=True)
    prefix = serializers.CharField(allow_null=True)
    suffix = serializers.CharField(allow_null=True)
    statement = serializers.CharField()
    claimant = ClaimantOut(allow_null=True)
    kind = serializers.ChoiceField(choices=CLAIM_KIND)
    speech = serializers.ChoiceField(choices=_choices(Speech))
    claim_type = serializers.ChoiceField(choices=_choices(ClaimType))
    venue = serializers.CharField(allow_null=True)
    said_at = serializers.CharField(allow_null=True)
    check_worthiness = CheckWorthinessOut()
    attribution = serializers.JSONField()
    facts = serializers.JSONField()
    triage = serializers.ChoiceField(choices=_choices(Triage))
    dismiss_reason = serializers.CharField(allow_null=True)
    duplicate_of = serializers.IntegerField(allow_null=True)
    pair = serializers.IntegerField(allow_null=True)
    held_as = serializers.CharField(allow_null=True)
    placement = serializers.ChoiceField(choices=_choices(Placement))
    proposed = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    version = serializers.IntegerField()


class ClaimantIn(StrictSerializer):
    """A claimant by name."""

    name = Text(max_length=200)
    type = serializers.ChoiceField(choices=CLAIMANT_TYPE, default=ClaimantType.PERSON.value)


class ClaimFields(StrictSerializer):
    """What may be changed of a claim."""

    statement = Text(max_length=2000, required=False)
    claimant = ClaimantIn(required=False, allow_null=True)
    said_at = Text(max_length=40, required=False, allow_null=True)
    venue = Text(max_length=200, required=False, allow_null=True, allow_blank=True)
    kind = serializers.ChoiceField(choices=CLAIM_KIND, required=False)
    speech = serializers.ChoiceField(choices=_choices(Speech), required=False)
    claim_type = serializers.ChoiceField(choices=_choices(ClaimType), required=False)


class SpanIn(StrictSerializer):
    """A place and the words that stand there, in code points."""

    start = Whole()
    end = Whole(min_value=1)
    exact = Text()


class ClaimIn(ClaimFields):
    """A claim by its exact words."""

    start = Whole()
    end = Whole(min_value=1)
    exact = Text()


class AdjustIn(SpanIn):
    """Other words for a claim, in the newest revision."""


class SplitIn(StrictSerializer):
    """Two or more spans."""

    spans = serializers.ListField(child=SpanIn(), min_length=2, max_length=20)


class MergeIn(StrictSerializer):
    """A root and the claims that say the same."""

    root = Whole()  # type: ignore[assignment] # the contract names it so; serializers have a property of that name
    claims = serializers.ListField(child=Whole(), min_length=1, max_length=500)


class ReasonIn(StrictSerializer):
    """A reason."""

    reason = Text(max_length=300, allow_blank=True)


class ArticleQuery(ListQuery):
    """Filters of the article list."""

    status = serializers.ChoiceField(choices=ARTICLE_STATUS, required=False)
    outlet = serializers.CharField(required=False, max_length=200)
    external_id = serializers.CharField(required=False, max_length=200)


class ClaimQuery(ListQuery):
    """Filters of the claim lists."""

    triage = serializers.ChoiceField(choices=_choices(Triage), required=False)
    claimant = Whole(required=False)
    order = serializers.ChoiceField(choices=[("newest", "newest"), ("score", "score")], default="newest")
    q = serializers.CharField(required=False, max_length=200)
