"""What comments and suggested words are refused for."""

from reviews.enums import SuggestedPart
from reviews.services import drafts, suggestions, verdicts
from tests import factories
from tests.reviews.refusals.cases import Case, on, person


def comment(code, place, body, ids, **typed):
    verdict = factories.submitted(factories.checker())
    return Case(
        code,
        422,
        f"/reviews/{verdict.review_id}/comments",
        body,
        person(),
        **on(verdict.review, "comment", **typed),
        places=(place,),
        ids=ids,
    )


def empty_comment():
    return comment("comment_missing", "/text", {"text": " "}, ("comment-text",), text=" ")


def comment_quotes_what_is_not_there():
    body = {"text": "x", "place": "explanation", "exact": "nowhere"}
    return comment("exact_missing", "/exact", body, ("comment-exact",), text="x", about="explanation", exact="nowhere")


def comment_quotes_no_explanation():
    return comment(
        "exact_misplaced", "/exact", {"text": "x", "exact": "log"}, ("comment-exact",), text="x", exact="log"
    )


def comment_on_no_source():
    return comment(
        "source_unknown",
        "/source",
        {"text": "x", "place": "source", "source": 9},
        ("comment-about",),
        text="x",
        about="source-9",
    )


def comment_source_without_number():
    return comment(
        "source_misplaced", "/source", {"text": "x", "place": "source"}, ("comment-about",), text="x", about="source"
    )


def comment_before_a_verdict():
    review = factories.review()
    return Case(
        "verdict_missing",
        422,
        f"/reviews/{review.pk}/comments",
        {"text": "x", "place": "explanation"},
        person(),
        places=("/place",),
    )


def suggestion(code, place, ids, **words):
    verdict = factories.submitted(factories.checker())
    body = {"part": "summary", "before": "14 days", "after": "two weeks", **words}
    return Case(
        code,
        422,
        f"/verdicts/{verdict.pk}/suggestions",
        body,
        person(),
        **on(verdict.review, "suggest", verdict=verdict.pk, **body),
        places=(place,),
        ids=ids,
    )


def suggestion_of_the_same():
    return suggestion("suggestion_empty", "/after", ("suggest-after",), after="14 days")


def suggestion_of_words_not_there():
    return suggestion("before_ambiguous", "/before", ("suggest-before",), before="15 days")


def suggestion_to_oneself():
    by = person()
    verdict = factories.submitted(by)
    body = {"part": "summary", "before": "14 days", "after": "two weeks"}
    return Case(
        "own_text",
        403,
        f"/verdicts/{verdict.pk}/suggestions",
        body,
        by,
        **on(verdict.review, "suggest", verdict=verdict.pk, **body),
    )


def suggested(by):
    verdict = factories.submitted(by)
    return suggestions.suggest(
        verdict_id=verdict.pk, part=SuggestedPart.SUMMARY, before="14 days", after="two weeks", actor=person()
    )


def accepting(made, by, code):
    review = made.verdict.review
    return Case(
        code,
        409,
        f"/suggestions/{made.pk}/accept",
        {},
        by,
        form=f"/admin/review/{review.pk}/accept/{made.pk}/",
        typed={"form": "accept"},
    )


def accepted_twice():
    by = person()
    made = suggested(by)
    suggestions.accept(suggestion_id=made.pk, actor=by)
    return accepting(made, by, "already_accepted")


def words_gone_meanwhile():
    by = person()
    made = suggested(by)
    verdicts.withdraw(review_id=made.verdict.review_id, actor=by)
    drafts.save(review_id=made.verdict.review_id, content={"summary": "Other words."}, actor=by)
    return accepting(made, by, "suggestion_outdated")


CASES = (
    empty_comment,
    comment_quotes_what_is_not_there,
    comment_quotes_no_explanation,
    comment_on_no_source,
    comment_source_without_number,
    comment_before_a_verdict,
    suggestion_of_the_same,
    suggestion_of_words_not_there,
    suggestion_to_oneself,
    accepted_twice,
    words_gone_meanwhile,
)
