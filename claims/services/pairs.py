"""Said versus true: beside "it is so" stands "X said so", a claim of its own.

An editor asks for the second one; the two are linked and reviewed apart. What
was said is the speaker's claim, that it was said is the article's: so the
byline, else the outlet, answers for it.
"""

from django.db import transaction

from claims.enums import ClaimType, Kind, Speech, Triage
from claims.models import Article, Claim, ClaimAnchor, Claimant
from claims.policies import Right, require
from claims.services import claimants
from claims.services.extraction import own_voice
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Conflict
from factcheck.events.emitting import emit

MAX_STATEMENT = 2000
CUT = " […]"


@transaction.atomic
def ask_whether_said(*, claim: Claim, actor: User) -> Claim:
    """The claim that the claimant of `claim` said so, selected for review.

    Refused (409) for a claim that is no quotation: one without a claimant, in
    the article's own voice, itself an attribution, or paired already. The claim
    itself does not change, so one that is being reviewed can be paired too.
    """
    require(actor.roles, Right.TRIAGE)
    article = Article.objects.select_for_update(of=("self",)).get(pk=claim.article_id)
    claim = Claim.objects.select_related("claimant", "anchor").get(pk=claim.pk)
    _require_quotation(claim, article)
    at = db_now()
    made = Claim.objects.create(
        article=article,
        statement=_statement(claim),
        claimant=_narrator(article),
        kind=Kind.ATTRIBUTION.value,
        speech=Speech.AUTHOR.value,
        claim_type=ClaimType.QUOTE.value,
        said_at=article.published_at,
        score=claim.score,
        score_model=claim.score_model,
        score_reasons=["asked for by an editor"],
        triage=Triage.SELECTED.value,
        pair=claim,
        created_by=actor,
        created_at=at,
        touched_at=at,
    )
    anchor = _anchor_like(claim.anchor, made)
    told = {"claim": made.pk, "pair": claim.pk}
    rows = [anchor] if anchor is not None else []
    history.record(subject=article, action="claim.paired", actor=actor, data=told, rows=rows, at=at)
    emit("claim.selected", made, {"claim": made.pk, "article": article.pk}, at=at)
    return made


def _require_quotation(claim: Claim, article: Article) -> None:
    if article.withdrawn_at is not None or claim.superseded_at is not None:
        raise Conflict("This claim no longer stands", code="claim_gone")
    if claim.kind != Kind.CONTENT.value:
        raise Conflict("This claim is itself about what was said", code="claim_is_attribution")
    if claim.claimant_id is None:
        raise Conflict("It is not known who said it: name the claimant first", code="claimant_missing")
    if claim.speech == Speech.AUTHOR.value:
        raise Conflict("The article says it in its own voice: there is no quotation to check", code="not_quoted")
    if Claim.objects.filter(pair=claim).exists():
        raise Conflict("Whether it was said is a claim of its own already", code="already_paired")


def _statement(claim: Claim) -> str:
    """ "Who said when and where: what"; one that is too long ends after a whole
    word with a mark of the cut. The anchor has all of the words."""
    name = claim.claimant.name if claim.claimant else ""
    when = f" on {claim.said_at}" if claim.said_at else ""
    where = f" ({claim.venue})" if claim.venue else ""
    whole = f"{name} said{when}{where}: {claim.statement}"
    if len(whole) <= MAX_STATEMENT:
        return whole
    kept = whole[: MAX_STATEMENT - len(CUT)]
    return (kept.rpartition(" ")[0] or kept).rstrip() + CUT


def _narrator(article: Article) -> Claimant | None:
    """Who answers for the article's own words."""
    own = own_voice(article)
    return claimants.ensure([(*own, "")])[claimants.key_of(own[0]), own[1]] if own else None


def _anchor_like(anchor: ClaimAnchor | None, claim: Claim) -> ClaimAnchor | None:
    """The same place in the text for the other claim."""
    if anchor is None:
        return None
    made = ClaimAnchor.objects.create(
        claim=claim,
        revision_id=anchor.revision_id,
        start=anchor.start,
        end=anchor.end,
        quote=anchor.quote,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        created_at=claim.created_at,
    )
    Claim.objects.filter(pk=claim.pk).update(anchor=made)
    claim.anchor = made
    return made
