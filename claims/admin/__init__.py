"""Articles, claims and what they came from in Django's admin: look-ups, read only."""

from django.contrib import admin

from claims.models import Article, ArticleRevision, BulkFile, Claim, Claimant, ExtractionRun, Feed, Outlet
from factcheck.admin_site import ReadOnlyAdmin


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    """Articles."""

    list_display = ("id", "title", "outlet", "status", "fetch_state", "published_at", "created_at", "withdrawn_at")
    list_filter = ("status", "fetch_state")
    list_select_related = ("outlet",)
    search_fields = ("title", "=id", "=external_id")
    list_per_page = 50
    show_full_result_count = False


@admin.register(ArticleRevision)
class ArticleRevisionAdmin(ReadOnlyAdmin):
    """Texts of articles; immutable."""

    list_display = ("article", "number", "sha256", "created_at")
    list_select_related = ("article",)
    list_per_page = 50
    show_full_result_count = False


@admin.register(BulkFile)
class BulkFileAdmin(ReadOnlyAdmin):
    """Bulk files; their rows are on the desk's own pages."""

    list_display = ("id", "name", "kind", "total", "submitted_by", "created_at", "finished_at")
    list_select_related = ("submitted_by",)
    list_per_page = 50
    show_full_result_count = False


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    """Feeds and how reading them goes."""

    list_display = ("title", "url", "outlet", "polled_at", "next_poll_at", "failures", "error", "stopped_at")
    list_select_related = ("outlet",)
    search_fields = ("title", "url")
    list_per_page = 50
    show_full_result_count = False


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    """Claims."""

    list_display = ("id", "statement", "claimant", "triage", "score", "article")
    list_filter = ("triage", "kind", "speech")
    list_select_related = ("claimant", "article")
    search_fields = ("statement", "=id")
    list_per_page = 50
    show_full_result_count = False


@admin.register(Claimant)
class ClaimantAdmin(ReadOnlyAdmin):
    """Claimants."""

    list_display = ("name", "type", "description")
    list_filter = ("type",)
    search_fields = ("name",)


@admin.register(Outlet)
class OutletAdmin(ReadOnlyAdmin):
    """Outlets."""

    list_display = ("name", "url")
    search_fields = ("name",)


@admin.register(ExtractionRun)
class ExtractionRunAdmin(ReadOnlyAdmin):
    """Passes of the pipeline."""

    list_display = ("id", "revision", "extractor", "model", "created_at", "superseded_at")
    list_select_related = ("revision", "revision__article")
    list_per_page = 50
    show_full_result_count = False
