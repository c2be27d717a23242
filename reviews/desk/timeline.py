"""The timeline of an article as a page."""

from django.http import HttpResponse

from claims import selectors
from factcheck.api.pages import Order, page
from reviews import timeline
from reviews.desk.fields import Refusal
from reviews.desk.screen import Screen
from reviews.desk.workspace import told_of

HISTORY = Order("history", ("id",))
ROWS = 100


class ArticleTimeline(Screen):
    """What was done to an article, its claims and its reviews, newest first."""

    template = "desk/timeline.html"
    section = "articles"

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        article = selectors.article_for(self.actor, self.kwargs["pk"])
        rows = timeline.of_article(article.pk)
        found = page(rows, order=HISTORY, limit=ROWS, cursor=self.request.GET.get("cursor"))
        context = {
            "title": f"History of article {article.pk}",
            "article": article,
            "rows": [
                {
                    **told_of(event),
                    "review": event.subject_id if event.subject_type.startswith("reviews.") else "",
                    "claim": event.data.get("claim"),
                }
                for event in found.rows
            ],
            "next": f"?cursor={found.next}" if found.next else "",
            "prev": f"?cursor={found.prev}" if found.prev else "",
        }
        return self.shown(context, refusal)
