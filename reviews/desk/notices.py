"""The page behind the bell: what a person should know, and whether mail tells too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from factcheck.api.pages import Order, page
from factcheck.errors import Invalid
from reviews import notices
from reviews.desk.fields import Refusal
from reviews.desk.screen import Screen
from reviews.models import NoticeChoice
from reviews.services import notices as telling

NEWEST = Order("newest", ("id",))
ROWS = 50


class Notices(Screen):
    """The actor's own notices, newest first."""

    template = "desk/notices.html"
    section = "notices"

    def show(self, refusal: Refusal) -> HttpResponse:
        """The page."""
        found = page(notices.of(self.actor), order=NEWEST, limit=ROWS, cursor=self.request.GET.get("cursor"))
        is_off = NoticeChoice.objects.filter(person=self.actor, by_mail=False).exists()
        context = {
            "title": "Notices",
            "rows": [{"notice": one, "text": notices.sentence(one)} for one in found.rows],
            "newest": found.rows[0].pk if found.rows else None,
            "by_mail": not is_off,
            "next": f"?cursor={found.next}" if found.next else "",
            "prev": f"?cursor={found.prev}" if found.prev else "",
        }
        return self.shown(context, refusal)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark as read, or switch mail on or off."""
        doing = request.POST.get("do", "")
        if doing in {"mail_on", "mail_off"}:
            choice = telling.choose(actor=self.actor, by_mail=doing == "mail_on")
            told = f"Mail will reach you at {self.actor.email}." if self.actor.email else "Your account has no address."
            messages.success(request, told if choice.by_mail else "No mail any more; notices stay here.")
        elif doing == "read" and (given := request.POST.get("up_to", "")).isascii() and given.isdigit():
            telling.mark_read(actor=self.actor, up_to=int(given[:18]))
        else:
            raise Invalid.at("/do", "doing_unknown", "Choose what to do with your notices")
        return redirect(reverse("desk:notices"))
