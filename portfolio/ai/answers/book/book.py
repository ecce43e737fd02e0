"""All that answers need of a portfolio, made once for each state of it."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from ...lexical import fold
from ...shown.portfolio_skills import PortfolioSkills
from ...skills.concepts import Skill
from ...skills.finder import find_skills
from ...skills.vocabulary import standard_vocabulary
from ..language.lexicon import GENERIC_NAMES, QUESTION_WORDS
from ..language.question_types import SHORTEST, SYNONYMS
from ..language.spelling import Spelling
from ..language.words import clean, root, words_of, words_of_text
from .capitals import Name, find_capitals
from .grouping import belongs
from .initials import initials_of
from .items import Document, Item, Sentence
from .skill_places import find_skill_places, listed, read_shown

Phrase = tuple[str, ...]
_ORGANISATIONS = ("work", "volunteer", "education", "project")
_THINGS = ("award", "certificate", "publication", "interest", "reference", "language")
_NAMED = (*_ORGANISATIONS, *_THINGS)


class Mention(NamedTuple):
    """Items that words of a question name, from word `start` up to word `end`."""

    items: tuple[Item, ...]
    start: int
    end: int
    exact: bool


class Book:
    """A portfolio of one person or of several; it never changes. Thread-safe.

    Args:
        pieces: into how many pieces the language model cuts a word.
    """

    def __init__(self, documents: Iterable[Document], pieces: Callable[[str], int]) -> None:
        self._pieces = pieces
        self.items = tuple(Item(document, order) for order, document in enumerate(documents))
        self._by_id = {(item.type, item.document.id): item for item in self.items}
        self.vocabulary = standard_vocabulary().extended_with(listed(self.items))
        self.sentences: tuple[Sentence, ...] = tuple(
            sentence for item in self.items for sentence in item.sentences
        )
        self.skills = find_skill_places(self.sentences, self.vocabulary)
        self.known_skills = self.vocabulary.implied_by(self.skills)
        self._at: dict[tuple[str, str, str], list[Sentence]] = {}
        for sentence in self.sentences:
            document = sentence.item.document
            place = (document.type, document.id, sentence.mark.field)
            self._at.setdefault(place, []).append(sentence)
        self.all_roots = frozenset().union(*(sentence.roots for sentence in self.sentences))
        """Of all that it says."""
        self._roots = sorted(self.all_roots.union(*(item.name_roots for item in self.items)))
        self._frequency = Counter(word for item in self.items for word in item.roots)
        self.lower_words = frozenset(
            word
            for sentence in self.sentences
            if sentence.prose
            for word in words_of_text(sentence.text.replace("'s", ""))
            if word.islower()
        )
        self.words = frozenset(
            fold(word) for sentence in self.sentences for word in words_of(sentence.text)
        )
        self.stems = frozenset(word.rstrip("s") for word in self.words)
        self.spelling = Spelling(self.words | QUESTION_WORDS, QUESTION_WORDS, pieces)
        self._groups: dict[Item, list[Item]] = {}
        self._names = self._find_names()
        self.initials = frozenset(word for item in self.items for word in self._shortened(item))
        self._longest = max((len(phrase) for phrase in self._names), default=0)

    def of(self, *types: str) -> list[Item]:
        """The items of these types, in their own order."""
        return [item for kind in types for item in self.items if item.type == kind]

    def item(self, source_type: str, source_id: str) -> Item | None:
        return self._by_id.get((source_type, source_id))

    @cached_property
    def shown(self) -> PortfolioSkills:
        """Its skills as a comparison with a job reads them, which knows when they were used."""
        return read_shown(self.items)

    @cached_property
    def people(self) -> list[Item]:
        return self.of("profile")

    @cached_property
    def places(self) -> frozenset[str]:
        """The words of places and institutions, folded."""
        texts = [
            item.text(pointer)
            for item in self.items
            for pointer in ("/location", "/location/city", "/location/region", "/institution")
        ]
        return frozenset(fold(word) for word in words_of(" ".join(texts)))

    @cached_property
    def capitals(self) -> dict[Name, list[Sentence]]:
        """The sentences within which a name stands, by its folded words."""
        return find_capitals(self.sentences)

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The words of the names of those whose portfolio it is."""
        return frozenset(fold(word) for person in self.people for word in words_of(person.name))

    @cached_property
    def first_name(self) -> str:
        """What the person is called; of several people, nobody is."""
        names = self.people[0].name.split() if len(self.people) == 1 else []
        return names[0] if names else ""

    def weight(self, word: str) -> float:
        """How much a root says: what few items have says much (inverse document frequency)."""
        return math.log(1 + len(self.items) / (1 + self._frequency[word]))

    def sentences_at(self, source_type: str, source_id: str, field: str) -> Sequence[Sentence]:
        """The sentences of one text."""
        return self._at.get((source_type, source_id, field), ())

    def neighbours(self, sentence: Sentence) -> tuple[Sentence | None, Sentence | None]:
        """The sentences before and after it in the same text."""
        document, mark = sentence.item.document, sentence.mark
        beside = self._at[document.type, document.id, mark.field]
        place = bisect_left(beside, mark.start, key=lambda other: other.mark.start)
        after = beside[place + 1] if place + 1 < len(beside) else None
        return beside[place - 1] if place else None, after

    def family(self, word: str) -> frozenset[str]:
        """The roots of the portfolio that are of a root's family, or other words for it."""
        near = {word, *SYNONYMS.get(word, ())}
        if len(word) >= SHORTEST:
            start = bisect_left(self._roots, word)
            for other in islice(self._roots, start, None):
                if not other.startswith(word):
                    break
                if len(other) - len(word) <= SHORTEST:
                    near.add(other)
            near.update(word[:size] for size in range(max(SHORTEST, len(word) - 4), len(word)))
        return frozenset(near)

    def frequency(self, word: str) -> int:
        """How many items have a root."""
        return self._frequency[word]

    def has(self, word: str) -> bool:
        """Whether any item has this root."""
        return self._frequency[word] > 0

    def is_common(self, word: str) -> bool:
        """Whether it is a word of the language."""
        return self._pieces(word) == 1

    def find_names(self, words: Sequence[str]) -> list[Mention]:
        """What is named in folded words; the longest names from left to right."""
        found = []
        place = 0
        while place < len(words):
            for size in range(min(self._longest, len(words) - place), 0, -1):
                known = self._names.get(tuple(words[place : place + size]))
                if known:
                    items, exact = known
                    found.append(Mention(items, place, place + size, exact))
                    place += size
                    break
            else:
                place += 1
        return found

    def group_of(self, item: Item) -> list[Item]:
        """The items that belong together: an employer's jobs, projects, prizes and references."""
        known = self._groups.get(item)
        if known is None:
            known = self._groups[item] = self._find_group(item)
        return known

    def _find_group(self, item: Item) -> list[Item]:
        name = item.name
        if item.type not in ("work", "volunteer", "education") or not name:
            return [item, *self._about(item)]
        members = [other for other in self.items if other is item or belongs(other, name)]
        extra = [about for member in members for about in self._about(member)]
        return list(dict.fromkeys([*members, *extra]))

    def _about(self, item: Item) -> list[Item]:
        """Awards, talks and references that name a project."""
        if item.type != "project" or not item.name:
            return []
        kinds = self.of("award", "publication", "reference")
        return [other for other in kinds if any(item.name in text.text for text in other.sentences)]

    def skills_of(self, text: str) -> list[Skill]:
        """The skills that a text names."""
        return find_skills(text, self.vocabulary)

    def _find_names(self) -> dict[Phrase, tuple[tuple[Item, ...], bool]]:
        names: dict[Phrase, list[tuple[Item, bool]]] = {}
        for item in self.of(*_NAMED):
            for phrase, exact in self._called(item):
                names.setdefault(phrase, []).append((item, exact))
        return {
            phrase: (tuple(item for item, _exact in found), all(exact for _item, exact in found))
            for phrase, found in names.items()
        }

    def _called(self, item: Item) -> Iterable[tuple[Phrase, bool]]:
        called: dict[Phrase, bool] = {}
        whole = item.name.split(",")[0] if item.type == "reference" else item.name
        words = [fold(word).removesuffix("'s") for word in words_of(clean(whole))]
        if words and any(word not in GENERIC_NAMES for word in words):
            called[tuple(words)] = True
        for initials in self._shortened(item):
            called.setdefault((initials,), True)
        position = tuple(fold(word) for word in words_of(item.text("/position")))
        if item.type == "work" and len(position) > 1:
            called.setdefault(position, False)
        for giver in ("/awarder", "/issuer", "/publisher"):
            giving = tuple(fold(word) for word in words_of(item.text(giver)))
            if item.type in ("award", "certificate", "publication") and len(giving) > 1:
                called.setdefault(giving, False)
        if item.type in (*_ORGANISATIONS, "reference") and len(words) > 1:
            for word in words:
                if self._is_distinctive(word, first=word == words[0]):
                    called.setdefault((word,), True)
        return called.items()

    def _shortened(self, item: Item) -> list[str]:
        return [one for one in initials_of(item) if one not in self.lower_words | QUESTION_WORDS]

    def _is_distinctive(self, word: str, *, first: bool) -> bool:
        if len(word) < 3 or word in GENERIC_NAMES:
            return False
        if word in self.lower_words and (self.is_common(word) or self.frequency(root(word)) > 1):
            return False
        if word in self.own_names:
            return False
        return first or not self.is_common(word)
