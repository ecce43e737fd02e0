"""The sentences that answer a question best, word for word."""

import math
import re
from collections.abc import Sequence

from ..retrieval import Hit
from .answer import Answer, AnswerKind, Citation
from .items import Mark
from .rating import Rated, Rating, rate
from .reading import Question
from .replies import period, refusal
from .weights import Weights, fitted_weights

_WHEN = r"^(?:and )?(?:when|since when|which year|in which year|what year|in what year)\b"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SENTENCES = 3
"""Most that an answer quotes."""

LONGEST = 400
"""Code points of a quote of several sentences."""

CLOSE = 2.0
"""Further sentences are quoted that are so many logits from the best one, or less."""

NEAR = 0.25
"""From this likelihood on a refusal quotes what comes nearest."""


def extract(question: Question, hits: Sequence[Hit], weights: Weights | None = None) -> Answer:
    """An answer of the best sentences, or a refusal.

    Args:
        weights: the fitted ones, unless others are tried.
    """
    weights = weights or fitted_weights()
    rating = rate(question, hits, weights)
    if not rating.ranked:
        return refusal("The portfolio does not say anything about that.")
    if rating.likely < weights.least:
        return _refuse(rating)
    best = rating.ranked[0]
    further = (one for one in rating.ranked[1:SENTENCES] if one.sentence.prose)
    chosen = [best, *(one for one in further if one.score >= best.score - CLOSE)]
    quoted = (_whole(one, _score(one, rating)) for one in chosen)
    citations = tuple(dict.fromkeys(quoted))
    if question.matches(r"^(?:and )?where\b"):
        places = [one.sentence.item for one in chosen[:1] if one.sentence.item.text("/location")]
        citations += tuple(item.cite("/location", rating.likely) for item in places)
    text = " ".join(f"“{citation.quote}”" for citation in citations)
    item = best.sentence.item
    if question.matches(_WHEN) and item.start and not _YEAR.search(text):
        citations += item.cite_all(*item.date_fields)
        text = f"{text} ({period(item)})"
    return Answer(text, AnswerKind.EXTRACT, citations, round(rating.likely, 3))


def _score(one: Rated, rating: Rating) -> float:
    return rating.likely * math.exp(one.score - rating.ranked[0].score)


def _whole(one: Rated, score: float) -> Citation:
    """The sentence, with the others of its point where it is one of a list, or with the next."""
    sentence = one.sentence
    text, mark = sentence.item.text(sentence.mark.field), sentence.mark
    if not sentence.prose:
        return sentence.cite(score)
    if len(text) <= LONGEST and mark.field.rpartition("/")[2].isdigit():
        return sentence.item.cite(mark.field, score)
    following = next(
        (
            other.mark
            for other in sentence.item.sentences
            if other.mark.field == mark.field and other.mark.start >= mark.end
        ),
        None,
    )
    end = mark.end
    if following and _may_follow(text, mark.start, following):
        end = following.end
    return sentence.item.cite(mark.field, score, (mark.start, end))


def _may_follow(text: str, start: int, mark: Mark) -> bool:
    """Whether a quote may go on to this sentence: short enough, and of the same paragraph."""
    return mark.end - start <= LONGEST and "\n" not in text[start : mark.start]


def _refuse(rating: Rating) -> Answer:
    best = rating.ranked[0]
    if rating.likely < NEAR or not best.sentence.prose:
        return refusal("The portfolio does not say anything about that.")
    nearest = best.sentence.cite(rating.likely)
    return refusal(
        f"The portfolio does not say that. The nearest that it says: “{nearest.quote}”", [nearest]
    )
