"""The sentences that answer a question best, word for word."""

import re
from collections.abc import Sequence
from itertools import islice

from ..retrieval import Hit
from .answer import Answer, AnswerKind, Citation
from .book import Book
from .fitting import fits
from .items import Mark
from .matching import covers
from .question_types import SYNONYMS
from .rating import Rated, naming, rate, scope_of
from .reading import Question
from .replies import period, refusal

_WHEN = r"^(?:and )?(?:when|since when|which year|in which year|what year|in what year)\b"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LOOKED_AT = 12
"""Best sentences that have what is asked for."""

LEAST = 0.34
"""Below this the best sentence does not answer."""

SENTENCES = 3
"""Most that an answer quotes."""

HALF = 0.5
"""Of the question a name or a word of a list must say so much, to answer it."""

RARE = 3
"""Items that have a word which says much."""

LONGEST = 400
"""Code points of a quote of several sentences."""

CLOSE = 0.62
"""Further sentences are quoted that are worth so much of the best one."""


def extract(question: Question, hits: Sequence[Hit]) -> Answer:
    """An answer of the best sentences, or a refusal."""
    fitting = (one for one in rate(question, hits) if fits(question, one.sentence))
    rated = list(islice(fitting, LOOKED_AT))
    if not rated:
        return refusal("The portfolio does not say anything about that.")
    best = rated[0]
    is_scoped = any(item.type != "skill" for item in question.subjects)
    if not best.sentence.prose and best.covered < HALF:
        return _refuse(rated)
    if best.score < LEAST or (is_scoped and _is_beside(question, rated)):
        return _refuse(rated)
    chosen = [one for one in rated if one.score >= CLOSE * best.score][:SENTENCES]
    citations = tuple(dict.fromkeys(_whole(one) for one in chosen))
    if question.matches(r"^(?:and )?where\b"):
        places = [one.sentence.item for one in chosen[:1] if one.sentence.item.text("/location")]
        citations += tuple(item.cite("/location", best.score) for item in places)
    text = " ".join(f"“{citation.quote}”" for citation in citations)
    item = best.sentence.item
    if question.matches(_WHEN) and item.start and not _YEAR.search(text):
        citations += item.cite_all(*item.date_fields)
        text = f"{text} ({period(item)})"
    return Answer(text, AnswerKind.EXTRACT, citations, round(min(1.0, best.score), 3))


def _whole(one: Rated) -> Citation:
    """The sentence, with the others of its point where it is one of a list, or with the next."""
    sentence = one.sentence
    text, mark = sentence.item.text(sentence.mark.field), sentence.mark
    if not sentence.prose:
        return sentence.cite(one.score)
    if len(text) <= LONGEST and mark.field.rpartition("/")[2].isdigit():
        return sentence.item.cite(mark.field, one.score)
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
    return sentence.item.cite(mark.field, one.score, (mark.start, end))


def _may_follow(text: str, start: int, mark: Mark) -> bool:
    """Whether a quote may go on to this sentence: short enough, and of the same paragraph."""
    return mark.end - start <= LONGEST and "\n" not in text[start : mark.start]


def _is_beside(question: Question, rated: Sequence[Rated]) -> bool:
    """Whether of what is asked about the thing no word is said there."""
    topic = question.topic_words
    if not topic:
        return False
    if not any(one.covered for one in rated[:SENTENCES]):
        return True
    scope = scope_of(question)
    near = [sentence.roots for sentence in naming(question, scope)]
    there = frozenset[str]().union(*(item.roots for item in scope), *near)
    return any(_is_elsewhere(question.book, word, there) for word in topic)


def _is_elsewhere(book: Book, word: str, there: frozenset[str]) -> bool:
    """Whether a rare word is said of something else, and nothing like it here."""
    if not 0 < book.frequency(word) <= RARE or covers(there, word):
        return False
    return not any(other in there for other in SYNONYMS.get(word, ()))


def _refuse(rated: Sequence[Rated]) -> Answer:
    if rated[0].score < LEAST / 2 or not rated[0].sentence.prose:
        return refusal("The portfolio does not say anything about that.")
    nearest = rated[0].sentence.cite(rated[0].score)
    return refusal(
        f"The portfolio does not say that. The nearest that it says: “{nearest.quote}”", [nearest]
    )
