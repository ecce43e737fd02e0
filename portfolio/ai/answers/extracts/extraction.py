"""The sentences that answer a question best, word for word."""

import math
import re
from collections.abc import Sequence

from ...retrieval import Hit
from ..answer import Answer, AnswerKind, Citation
from ..book.items import Item
from ..questions.reading import Question
from ..replies import period, refusal
from .rating import Rated, Rating, rate
from .weights import Weights, fitted_weights

_WHEN = r"^(?:and )?(?:when|since when|which year|in which year|what year|in what year)\b"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SENTENCES = 3
"""Most that an answer quotes."""

_LEVELS = ("/fluency", "/level")

LONGEST = 400
"""Code points of a point of a list that is quoted whole."""

PARAGRAPH = 300
"""Code points to which a quote is filled up with the sentences beside it, so that it is understood
alone."""

CLOSE = 3.0
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
    citations = _quotes(rating)
    if question.matches(r"^(?:and )?where\b"):
        citations += best.sentence.item.cite_all("/location")
    text = " ".join(f"“{citation.quote}”" for citation in citations)
    item = best.sentence.item
    if question.matches(_WHEN) and item.start and not _YEAR.search(text):
        citations += item.cite_all(*item.date_fields)
        text = f"{text} ({period(item)})"
    return Answer(text, AnswerKind.EXTRACT, citations, round(rating.likely, 3))


def _quotes(rating: Rating) -> tuple[Citation, ...]:
    """What the best sentences say, each thing once."""
    best = rating.ranked[0]
    quotes: list[Citation] = []
    for one in rating.ranked:
        if one.score < best.score - CLOSE or len(quotes) == SENTENCES:
            break
        quote = _whole(one, rating.likely * math.exp(one.score - best.score))
        if one is best or (one.sentence.prose and not any(_repeats(quote, q) for q in quotes)):
            quotes.append(quote)
    if best.sentence.prose:
        return tuple(quotes)
    return (*_with_name(best.sentence.item, quotes[0]), *quotes[1:])


def _with_name(item: Item, quote: Citation) -> tuple[Citation, ...]:
    """A short text; a level, which says nothing without its language, and a name go together."""
    fields = (item.name_field, *_LEVELS)
    if quote.field not in fields:
        return (quote,)
    beside = item.cite_all(*fields)
    return tuple(quote if cited.field == quote.field else cited for cited in beside)


def _repeats(one: Citation, other: Citation) -> bool:
    if one.quote == other.quote:
        return True
    places = [(c.source_type, c.source_id, c.field) for c in (one, other)]
    return places[0] == places[1] and one.start < other.end and other.start < one.end


def _whole(one: Rated, score: float) -> Citation:
    """The sentence, with those beside it in its paragraph as far as there is room."""
    sentence = one.sentence
    text, mark = sentence.item.text(sentence.mark.field), sentence.mark
    if not sentence.prose:
        return sentence.cite(score)
    if len(text) <= LONGEST and mark.field.rpartition("/")[2].isdigit():
        return sentence.item.cite(mark.field, score)
    beside = [other.mark for other in sentence.item.sentences if other.mark.field == mark.field]
    place = beside.index(mark)
    start, end = mark.start, mark.end
    for other in (*beside[place + 1 :], *reversed(beside[:place])):
        begins, ends = min(start, other.start), max(end, other.end)
        if ends - begins <= PARAGRAPH and "\n" not in text[begins:ends]:
            start, end = begins, ends
    return sentence.item.cite(mark.field, score, (start, end))


def _refuse(rating: Rating) -> Answer:
    best = rating.ranked[0]
    if rating.likely < NEAR or not best.sentence.prose:
        return refusal("The portfolio does not say anything about that.")
    nearest = best.sentence.cite(rating.likely)
    return refusal(
        f"The portfolio does not say that. The nearest that it says: “{nearest.quote}”", [nearest]
    )
