"""A question as sentences are weighed for it: its topic, where it may be answered, its kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..book.items import Item, Sentence
from ..language.question_types import SECTIONS
from ..questions.fitting import ASKS_MONEY
from ..questions.reading import Question
from ..work.jobs_held import is_active

_HEADINGS = (
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
"""What projects are asked for, and the field that has it."""
ASKS_WHY = r"^(?:and )?why\b|\breason\b|\bhow come\b"
ASKS_HOW_MANY = r"\bhow (?:many|much|often|fast|big|large|long|far|early)\b|\bnumber of\b"
_ASKS_WHEN = r"\b(?:when|what year|which year|since)\b"
_ASKS_HOW = r"\bhow (?!many|much|often|fast|big|large|long|far|early)"


@dataclass(frozen=True)
class Said:
    """How much of a question a sentence has, by weight, 0 to 1.

    Attributes:
        exact: by the very words.
        near: by other words of their families.
        name: by the names of the item that it stands in.
        item: by anything that the item says.
        rarest: the weight of the word that says most.
    """

    exact: float
    near: float
    name: float
    item: float
    rarest: float

    @property
    def covered(self) -> float:
        """By words or their families."""
        return self.exact + self.near


class Asking:
    """What is the same for all sentences of one question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.book = book = question.book
        scope = scope_of(question)
        self.naming = frozenset(naming(question, scope))
        if question.years:
            scope = [item for item in scope if _fits_years(item, question)]
        self.scope = frozenset(scope)
        self.is_scoped = len(self.scope) < len(book.items)
        words, self.heading = next(
            ((words, field) for words, field in _HEADINGS if question.matches(words)), ("", "")
        )
        topic = question.topic_words or question.named_less
        if words:
            bare = words.replace(r"\b", "")
            topic = [word for word in topic if not re.search(bare, word)]
        self.topic = [(word, book.weight(word), book.family(word)) for word in topic]
        self.total = sum(weight for _word, weight, _family in self.topic) or 1.0
        self.named = {item for mention in question.mentions for item in mention.items}
        if question.page:
            self.named.add(question.page)
        self.skilled = {
            (place.item, place.mark)
            for name in question.skills
            for own in book.skills
            if own == name or name in book.vocabulary.implied_by([own])
            for place in book.skills[own]
        }
        self.years = frozenset(map(str, question.years))
        self.sections = frozenset(
            kind for section in SECTIONS if question.matches(section.asks) for kind in section.types
        )
        self.why = question.matches(ASKS_WHY)
        self.many = question.matches(ASKS_HOW_MANY)
        self.money = question.matches(ASKS_MONEY)
        self.when = question.matches(_ASKS_WHEN)
        self.how = question.matches(_ASKS_HOW)
        self._said: dict[Sentence, Said] = {}

    @cached_property
    def unknown(self) -> list[str]:
        """The words of the topic that nothing in the portfolio has, nor another for them."""
        return [
            word
            for word, _weight, family in self.topic
            if not any(self.book.has(other) for other in (word, *family))
        ]

    @cached_property
    def known_share(self) -> float:
        """How much of the topic the portfolio has a word for, by weight."""
        unknown = set(self.unknown)
        return sum(weight for word, weight, _ in self.topic if word not in unknown) / self.total

    def said(self, sentence: Sentence) -> Said:
        known = self._said.get(sentence)
        if known is None:
            known = self._said[sentence] = self._weigh(sentence)
        return known

    def _weigh(self, sentence: Sentence) -> Said:
        exact = near = name = whole = rarest = 0.0
        own, item = sentence.roots, sentence.item
        for word, weight, family in self.topic:
            if word in own:
                exact += weight
                rarest = max(rarest, weight)
            elif not family.isdisjoint(own):
                near += weight
                rarest = max(rarest, weight)
            if word in item.name_roots and word not in own:
                name += weight
            if word in item.roots or not family.isdisjoint(item.roots):
                whole += weight
        of = self.total
        return Said(exact / of, near / of, name / of, whole / of, rarest)


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
