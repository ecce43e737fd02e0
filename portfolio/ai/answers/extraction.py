"""The sentences that answer a question best, word for word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..retrieval import Hit
from .answer import Answer, AnswerKind, Citation
from .book import Book
from .fitting import ASKS_MONEY, MONEY, NUMBER, fits
from .items import Item, Mark, Sentence
from .jobs_held import is_active
from .matching import covers
from .question_types import SYNONYMS
from .reading import Question
from .replies import refusal

LEAST = 0.34
"""Below this the best sentence does not answer."""

SENTENCES = 3

RARE = 3

SHORT = 8

LONGEST = 400
"""Code points of a quote of several sentences."""

CLOSE = 0.62
"""Further sentences are quoted that are worth so much of the best one."""

_REASON = re.compile(
    r"\b(?:because|since|so that|so|reason|in order|therefore|which is why|to)\b", re.I
)

_FIELDS = (
    (
        r"\b(?:challeng\w*|difficult\w*|hard(?:est|er)?|trouble|problems?|wrong|"
        r"confus\w*|obstacles?|tricky|tough\w*|struggl\w*|fail\w*)\b",
        "/challenges",
    ),
    (
        r"\b(?:learn\w*|lessons?|take ?aways?|take away|regret|differently|insights?)\b",
        "/learnings",
    ),
    (
        r"\b(?:achiev\w*|results?|impact|outcome|proud\w*|success\w*|accomplish\w*)\b",
        "/achievements",
    ),
)


@dataclass(frozen=True)
class Rated:
    """A sentence and how well it answers."""

    sentence: Sentence
    score: float
    covered: float


def extract(question: Question, hits: Sequence[Hit]) -> Answer:
    """An answer of the best sentences, or a refusal."""
    rated = [one for one in rate(question, hits) if fits(question, one.sentence)]
    if not rated:
        return refusal("The portfolio does not say anything about that.")
    best = rated[0]
    is_scoped = any(item.type != "skill" for item in question.subjects)
    if best.score < LEAST or (is_scoped and _is_beside(question, rated)):
        return _refuse(rated)
    chosen = [one for one in rated if one.score >= CLOSE * best.score][:SENTENCES]
    citations = tuple(dict.fromkeys(_whole(one) for one in chosen))
    if question.matches(r"^(?:and )?where\b"):
        places = [one.sentence.item for one in chosen[:1] if one.sentence.item.text("/location")]
        citations += tuple(item.cite("/location", best.score) for item in places)
    text = " ".join(f"“{citation.quote}”" for citation in citations)
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
    near = [one for item in _naming(question, scope) for one in _about(question, item)]
    there = frozenset(word for part in [*scope, *near] for word in part.roots)
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


def rate(question: Question, hits: Sequence[Hit]) -> list[Rated]:
    """Sentences of what was found, and of what the question is about, the best first."""
    book = question.book
    meaning: dict[tuple[str, str, str], list[tuple[int, int, float]]] = {}
    for hit in hits:
        for span in hit.chunk.spans:
            key = (hit.chunk.source_type, hit.chunk.source_id, span.field)
            meaning.setdefault(key, []).append((span.start, span.end, hit.meaning))
    scope = scope_of(question)
    topic = question.topic_words or question.named_less
    field = next((field for words, field in _FIELDS if question.matches(words)), "")
    if field:
        asked = {word for word in topic if not re.search(_pattern_of(field), word)}
        topic = [word for word in topic if word in asked]
    if question.years:
        scope = [item for item in scope if _fits_years(item, question)]
    total = sum(book.weight(word) for word in topic) or 1.0
    named = {item for mention in question.mentions for item in mention.items}
    skilled = {
        (place.item, place.mark)
        for name in question.skills
        for own in book.skills
        if own == name or name in book.vocabulary.implied_by([own])
        for place in book.skills[own]
    }
    years = re.compile("|".join(map(str, question.years))) if question.years else None
    rated = []
    for item in [*scope, *_naming(question, scope)]:
        name_roots = item.name_roots
        for sentence in item.sentences if item in scope else _about(question, item):
            mark = sentence.mark
            key = (item.type, item.document.id, mark.field)
            near = [
                value
                for start, end, value in meaning.get(key, ())
                if start < mark.end and mark.start < end
            ]
            cosine = max(near, default=0.0)
            covered = _covered(book, topic, sentence.roots, name_roots) / total
            if not cosine and not covered and not (field and mark.field.startswith(field)):
                continue
            if years and years.search(sentence.text):
                covered = max(covered, 0.7)
            if (item, mark) in skilled:
                covered = max(covered, 0.6)
            score = 0.55 * cosine + 0.45 * covered
            score += _bonus(question, sentence, field, item in named or item is question.page)
            if sentence.prose:
                score += 0.04
            rated.append(Rated(sentence, score, covered))
    penalty = _stranger(question)
    if penalty:
        rated = [Rated(one.sentence, one.score - penalty, one.covered) for one in rated]
    rated.sort(key=lambda one: (-one.score, one.sentence.item.order))
    return rated


def _stranger(question: Question) -> float:
    """What a short question of yes or no loses when its object is a word that nothing here has."""
    if not re.match(r"(?:has|have|did|does|do|is|was|can)\b", question.plain):
        return 0.0
    if not question.topic_words or len(question.words) > SHORT:
        return 0.0
    word = question.topic_words[-1]
    book = question.book
    if book.has(word) or any(book.has(other) for other in SYNONYMS.get(word, ())):
        return 0.0
    return 0.3 if len(question.words) < SHORT - 2 else 0.08


def _pattern_of(field: str) -> str:
    return next(words for words, name in _FIELDS if name == field).replace(r"\b", "")


def scope_of(question: Question) -> list[Item]:
    """Where the answer may stand: with what the question names, if it names anything."""
    subjects = [item for item in question.subjects if item.type != "skill"]
    if not subjects:
        return list(question.book.items)
    groups = [question.book.group_of(item) for item in subjects]
    return list(dict.fromkeys(item for group in groups for item in group))


def _naming(question: Question, scope: Sequence[Item]) -> list[Item]:
    """Items beside the scope that speak of what the question is about."""
    return [item for item in question.book.items if item not in scope and _about(question, item)]


def _about(question: Question, item: Item) -> list[Sentence]:
    names = [subject.name for subject in question.subjects if subject.type == "project"]
    return [
        sentence
        for sentence in item.sentences
        if sentence.prose and any(name and name in sentence.text for name in names)
    ]


def _fits_years(item: Item, question: Question) -> bool:
    if not item.start:
        return item.type in ("profile", "reference")
    return any(is_active(item, year) for year in question.years)


def _covered(
    book: Book, topic: Sequence[str], words: frozenset[str], names: frozenset[str]
) -> float:
    total = 0.0
    for word in topic:
        if word in words:
            total += book.weight(word)
        elif covers(words, word):
            total += 0.8 * book.weight(word)
        elif word in names:
            total += 0.6 * book.weight(word)
        elif any(other in words for other in SYNONYMS.get(word, ())):
            total += 0.5 * book.weight(word)
    return total


def _bonus(question: Question, sentence: Sentence, field: str, named: bool) -> float:
    bonus = 0.0
    if field and sentence.mark.field.startswith(field):
        bonus += 0.2
    if named:
        bonus += 0.1
    if question.matches(r"^(?:and )?why\b|\breason\b|\bhow come\b") and _REASON.search(
        sentence.text
    ):
        bonus += 0.06
    if question.matches(r"\bhow (?:many|much|often|fast|big|large|long|far|early)\b|\bnumber of\b"):
        bonus += 0.06 if re.search(rf"\b{NUMBER}\b", sentence.text, re.IGNORECASE) else -0.1
    if question.matches(ASKS_MONEY):
        bonus += 0.1 if MONEY.search(sentence.text) else -0.25
    return bonus
