"""How well each sentence answers a question."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..retrieval import Hit
from .book import Book
from .fitting import ASKS_MONEY, MONEY, NUMBER
from .items import Item, Sentence
from .jobs_held import is_active
from .question_types import SYNONYMS
from .reading import Question

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


_REASON = re.compile(
    r"\b(?:because|since|so that|so|reason|in order|therefore|which is why|to)\b", re.I
)

SHORT = 8

_WHY = r"^(?:and )?why\b|\breason\b|\bhow come\b"
_HOW_MANY = r"\bhow (?:many|much|often|fast|big|large|long|far|early)\b|\bnumber of\b"
_HAS_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rated:
    """A sentence and how well it answers."""

    sentence: Sentence
    score: float
    covered: float


def rate(question: Question, hits: Sequence[Hit]) -> list[Rated]:
    """Sentences of what was found, and of what has the question's words, the best first."""
    rater = _Rater(question)
    cosines = _cosines(question.book, hits)
    penalty = _stranger(question)
    rated = []
    for sentence in rater.candidates(cosines):
        covered = rater.covered(sentence)
        score = 0.55 * cosines.get(sentence, 0.0) + 0.45 * covered + rater.bonus(sentence)
        rated.append(Rated(sentence, score - penalty, covered))
    rated.sort(key=lambda one: (-one.score, one.sentence.item.order))
    return rated


def _cosines(book: Book, hits: Sequence[Hit]) -> dict[Sentence, float]:
    found: dict[Sentence, float] = {}
    for hit in hits:
        for span in hit.chunk.spans:
            for sentence in book.sentences_at(
                hit.chunk.source_type, hit.chunk.source_id, span.field
            ):
                if span.start < sentence.mark.end and sentence.mark.start < span.end:
                    found[sentence] = max(found.get(sentence, 0.0), hit.meaning)
    return found


class _Rater:
    """What is the same for all sentences of one question."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._book = book = question.book
        scope = scope_of(question)
        self._naming = set(naming(question, scope))
        if question.years:
            scope = [item for item in scope if _fits_years(item, question)]
        self._scope = frozenset(scope)
        words, self._field = next(
            ((words, field) for words, field in _FIELDS if question.matches(words)), ("", "")
        )
        topic = question.topic_words or question.named_less
        if words:
            bare = words.replace(r"\b", "")
            topic = [word for word in topic if not re.search(bare, word)]
        self._topic = [(word, book.weight(word), book.family(word)) for word in topic]
        self._total = sum(weight for _word, weight, _family in self._topic) or 1.0
        self._named = {item for mention in question.mentions for item in mention.items}
        if question.page:
            self._named.add(question.page)
        self._skilled = {
            (place.item, place.mark)
            for name in question.skills
            for own in book.skills
            if own == name or name in book.vocabulary.implied_by([own])
            for place in book.skills[own]
        }
        self._years = frozenset(map(str, question.years))
        self._asks_why = question.matches(_WHY)
        self._asks_many = question.matches(_HOW_MANY)
        self._asks_money = question.matches(ASKS_MONEY)

    def candidates(self, found: Iterable[Sentence]) -> Iterator[Sentence]:
        """The sentences that may answer, each once."""
        wanted = frozenset[str]().union(*(family for _word, _weight, family in self._topic))
        named = [item for item in self._scope if not wanted.isdisjoint(item.name_roots)]
        chosen = dict.fromkeys(
            [
                *found,
                *self._book.sentences_with(wanted),
                *(sentence for item in named for sentence in item.sentences),
                *(self._under_the_heading() if self._field else ()),
            ]
        )
        for sentence in chosen:
            if sentence.item in self._scope or sentence in self._naming:
                yield sentence

    def _under_the_heading(self) -> Iterator[Sentence]:
        for item in self._scope:
            for sentence in item.sentences:
                if sentence.mark.field.startswith(self._field):
                    yield sentence

    def covered(self, sentence: Sentence) -> float:
        """How much of what the question says is in it, by weight."""
        total = 0.0
        for word, weight, family in self._topic:
            if word in sentence.roots:
                total += weight
            elif not family.isdisjoint(sentence.roots):
                total += 0.8 * weight
            elif word in sentence.item.name_roots:
                total += 0.6 * weight
        covered = total / self._total
        if self._years and any(year in sentence.text for year in self._years):
            covered = max(covered, 0.7)
        if (sentence.item, sentence.mark) in self._skilled:
            covered = max(covered, 0.6)
        return covered

    def bonus(self, sentence: Sentence) -> float:
        """What else speaks for it."""
        bonus = 0.04 if sentence.prose else 0.0
        if self._field and sentence.mark.field.startswith(self._field):
            bonus += 0.2
        if sentence.item in self._named:
            bonus += 0.1
        if self._asks_why and _REASON.search(sentence.text):
            bonus += 0.06
        if self._asks_many:
            bonus += 0.06 if _HAS_NUMBER.search(sentence.text) else -0.1
        if self._asks_money:
            bonus += 0.1 if MONEY.search(sentence.text) else -0.25
        return bonus


def _stranger(question: Question) -> float:
    """What a short question of yes or no loses when its object is a word that nothing here has."""
    if not re.match(r"(?:has|have|did|does|do|is|was|can|which)\b", question.plain):
        return 0.0
    if not question.topic_words or len(question.words) > SHORT:
        return 0.0
    word = question.topic_words[-1]
    book = question.book
    if book.has(word) or any(book.has(other) for other in SYNONYMS.get(word, ())):
        return 0.0
    return 0.3 if len(question.words) < SHORT - 2 else 0.08


def scope_of(question: Question) -> list[Item]:
    """Where the answer may stand: with what the question names, if it names anything."""
    subjects = [item for item in question.subjects if item.type != "skill"]
    if not subjects:
        return list(question.book.items)
    groups = [question.book.group_of(item) for item in subjects]
    return list(dict.fromkeys(item for group in groups for item in group))


def naming(question: Question, scope: Sequence[Item]) -> list[Sentence]:
    """Sentences beside the scope that name the project that the question is about."""
    names = {subject.name for subject in question.subjects if subject.type == "project"}
    return [
        sentence
        for sentence in (question.book.sentences if names else ())
        if sentence.prose
        and any(name in sentence.text for name in names)
        and sentence.item not in scope
    ]


def _fits_years(item: Item, question: Question) -> bool:
    if not item.start:
        return item.type in ("profile", "reference")
    return any(is_active(item, year) for year in question.years)
