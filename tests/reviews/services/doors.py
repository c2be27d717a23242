"""The doors through which a step of a review can be taken."""

from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from claims.models import Claim
from claims.services import editing, triage
from factcheck.errors import DomainError
from reviews.enums import Channel, CorrectionType, DropReason, SuggestedPart
from reviews.models import Review, Suggestion, Verdict, VerdictDraft
from reviews.services import (
    approvals,
    comments,
    contacts,
    corrections,
    drafts,
    leases,
    overrides,
    publication,
    queue,
    suggestions,
    verdicts,
)
from tests import factories

SAID = factories.submission().explanation
SUMMARY = factories.submission().summary
BETTER = f"{SAID} So it was."
NONE = 2**30
"""The number of nothing."""
RATINGS = ("mostly_false", "false")
NOT_OVER_REST = {"renew", "edit_claim", "triage"}
NOT_AS_FORM = {"draft", "submit", "edit_claim", "triage", "prioritise"}


class Doors:
    """The ways into one review: the service itself, the API, and the editors' forms."""

    def __init__(self, people, review_id):
        self.people = people
        self.review_id = review_id
        row = self.row()
        self.claim_id, self.article_id = row.claim_id, row.claim.article_id

    def row(self):
        return Review.objects.select_related("claim", "verdict__author", "verdict__rating").get(pk=self.review_id)

    def through_service(self, action, who, arg, version):
        """The service itself, as a shell or a job would call it."""
        actor = self.people[who]
        common = {"review_id": self.review_id, "actor": actor, "expected_version": version}
        if action == "draft":
            base = self._draft_version(who)
            drafts.save(review_id=self.review_id, content={"summary": arg}, actor=actor, base=base)
        elif action == "submit":
            verdicts.submit(**common, submission=factories.submission(rating=arg))
        elif action in ("approve", "request_changes"):
            self._decide(action, actor, version)
        elif action == "renew":
            leases.renew(review_id=self.review_id, actor=actor)
        elif action in ("take", "release", "takeover"):
            getattr(leases, action)(**common)
        elif action in ("withdraw", "revise"):
            getattr(verdicts, action)(**common)
        elif action == "publish":
            publication.publish(**common)
        elif action == "retract":
            publication.retract(**common, reason="The log was forged.")
        elif action == "correct":
            corrections.correct(**common, type=CorrectionType(arg), reason="The log was misread.")
        elif action == "abandon_correction":
            corrections.abandon(**common)
        elif action == "assign":
            queue.assign(**common, assignee=self.people[arg])
        elif action == "prioritise":
            queue.prioritise(**common, changes={"priority": int(arg)})
        elif action == "override":
            overrides.set_aside(**common, rule="independent_sources", reason="No other source exists.")
        elif action == "accept":
            suggestions.accept(suggestion_id=self._suggestion(), actor=actor, expected_version=version)
        elif action in ("comment", "contact", "suggest"):
            self._talk(action, actor)
        elif action == "drop":
            queue.drop(**common, reason=DropReason.OTHER)
        elif action == "reopen":
            queue.reopen(**common)
        else:
            self._change_claim(action, actor)

    def _talk(self, action, actor):
        if action == "comment":
            comments.add(review_id=self.review_id, text="Which log?", actor=actor)
        elif action == "contact":
            question = contacts.Question(party="The port", channel=Channel.EMAIL, text="Was it closed?")
            contacts.ask(review_id=self.review_id, question=question, actor=actor)
        else:
            suggestions.suggest(
                verdict_id=self._newest_verdict(),
                part=SuggestedPart.EXPLANATION,
                before=SAID,
                after=BETTER,
                actor=actor,
            )

    def _newest_verdict(self):
        newest = Verdict.objects.filter(review=self.review_id).order_by("-revision").first()
        return newest.pk if newest else NONE

    def _suggestion(self):
        newest = Suggestion.objects.filter(verdict__review=self.review_id).order_by("-pk").first()
        return newest.pk if newest else NONE

    def _draft_version(self, who):
        own = VerdictDraft.objects.filter(review=self.review_id, author=self.people[who]).first()
        return own.version if own else None

    def _decide(self, action, actor, version):
        row = self.row()
        newest = row.verdicts.order_by("-revision").first()
        verdict = row.verdict or newest
        given = {"verdict_id": verdict.pk if verdict else 0, "revision": verdict.revision if verdict else 1}
        comment = "" if action == "approve" else "Say more."
        getattr(approvals, action)(**given, actor=actor, comment=comment, expected_version=version)

    def _change_claim(self, action, actor):
        claim = Claim.objects.get(pk=self.claim_id)
        if action == "edit_claim":
            fields = {"venue": f"room {claim.version}"}
            editing.edit(claim=claim, fields=fields, actor=actor, expected_version=claim.version)
        elif claim.triage == "selected":
            triage.dismiss(claim=claim, reason="not ours", actor=actor)
        else:
            triage.select(claim=claim, actor=actor)

    def over_rest(self, action, who, arg, version, key=None):
        """The same step over the API; the answer."""
        client = APIClient()
        client.force_authenticate(self.people[who])
        verb, path, body = self.request(action, arg)
        headers = {"If-Match": f'"v{version}"'}
        if action == "draft":
            headers = {"If-Match": f'"v{self._draft_version(who) or 1}"'}
        if key and verb == "post":
            headers["Idempotency-Key"] = key
        answer = getattr(client, verb)(f"/api/v1/{path}", body, format="json", headers=headers)
        assert answer.status_code < 500, answer.content
        return answer

    def request(self, action, arg):
        at = f"reviews/{self.review_id}"
        if action in ("approve", "request_changes"):
            verdict = self.row().verdict or Verdict.objects.filter(review=self.review_id).order_by("-revision").first()
            number, revision = (verdict.pk, verdict.revision) if verdict else (2**30, 1)
            return (
                "post",
                f"verdicts/{number}/approvals",
                {"decision": action, "revision": revision, "comment": "Say more."},
            )
        requests = {
            "take": ("put", f"{at}/lease", None),
            "release": ("delete", f"{at}/lease", None),
            "draft": ("put", f"{at}/draft", {"summary": arg}),
            "submit": ("post", f"{at}/verdicts", self._verdict(arg)),
            "correct": ("post", f"{at}/correct", {"type": arg, "reason": "The log was misread."}),
            "retract": ("post", f"{at}/retract", {"reason": "The log was forged."}),
            "drop": ("post", f"{at}/drop", {"reason": "other"}),
            "assign": ("post", f"{at}/assign", {"assignee": arg}),
            "prioritise": ("patch", at, {"priority": arg}),
            "override": ("post", f"{at}/overrides", {"rule": "independent_sources", "reason": "No other."}),
            "comment": ("post", f"{at}/comments", {"text": "Which log?", "place": "review"}),
            "contact": (
                "post",
                f"{at}/contacts",
                {"party": "The port", "channel": "email", "question": "Was it closed?"},
            ),
            "suggest": (
                "post",
                f"verdicts/{self._newest_verdict()}/suggestions",
                {"part": "explanation", "before": SAID, "after": BETTER},
            ),
            "accept": ("post", f"suggestions/{self._suggestion()}/accept", {}),
        }
        return requests.get(action, ("post", f"{at}/{action}", {}))

    @staticmethod
    def _verdict(rating):
        evidence = [
            {"url": one.url, "title": one.title, "stance": one.stance.value, "publisher": one.publisher}
            for one in factories.EVIDENCE
        ]
        return {"rating": rating, "summary": SUMMARY, "explanation": SAID, "evidence": evidence}

    def as_form(self, action, who, arg, version):
        """The same step through the editors' screens; whether it went through."""
        browser = Client()
        browser.force_login(self.people[who])
        row = self.row()
        verdict = row.verdict or row.verdicts.order_by("-revision").first()
        typed = {
            "form": action,
            "version": version,
            "reason": "other" if action == "drop" else "The log was misread.",
            "comment": "Say more.",
            "type": arg,
            "assignee": arg,
            "verdict": verdict.pk if verdict else 2**30,
            "revision": verdict.revision if verdict else 1,
            "text": "Which log?",
            "party": "The port",
            "channel": "email",
            "question": "Was it closed?",
            "rule": "independent_sources",
            "part": "explanation",
            "before": SAID,
            "after": BETTER,
        }
        place = f"accept/{self._suggestion()}" if action == "accept" else action
        answer = browser.post(f"/admin/review/{self.review_id}/{place}/", typed)
        assert answer.status_code < 500, answer.content
        return answer.status_code == 302 and "login" not in answer["Location"]

    def try_service(self, action, who, arg, version):
        """Whether the service did it; a refusal must be one of ours."""
        try:
            with transaction.atomic():
                self.through_service(action, who, arg, version)
        except DomainError:
            return False
        return True
