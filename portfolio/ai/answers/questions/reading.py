"""A question as it is understood: its words, what it names, and what it leaves open."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ...lexical import fold
from ...retrieval import Hit
from ...skills.concepts import Category, Skill
from ...skills.finder import find_candidates
from ...skills.tokens import cut_tokens
from ..answer import Context
from ..book.book import Book, Mention
from ..book.items import Item
from ..language.lexicon import ABOUT_WORK, ASKING, OWNER
from ..language.wordings import SKILL_CLASSES
from ..language.words import root, words_of
from .short_forms import written_out
from .small_letters import stands_for_a_name

_YEAR = re.compile(r"\b(?:19[5-9]|20[0-9])\d\b")
Search = Callable[[str, int], Sequence[Hit]]
PROPER = frozenset(
    {
        *[Category.LANGUAGE, Category.FRAMEWORK, Category.LIBRARY, Category.DATABASE],
        *[Category.CLOUD, Category.MOBILE, Category.OS, Category.TOOL, Category.LEARNED],
        *[Category.UNLISTED],
    }
)
"""Kinds of skills whose names are names, and not words that mean something else besides."""
_PRACTICES = {Category.DATA, Category.DEVOPS, Category.TESTING}


@dataclass(frozen=True)
class Question:
    """A question that stands alone.

    Attributes:
        text: cleaned, as it is shown.
        focus: what it is about besides what it names: the project of the page, or what was spoken
            of before.
        search: finds so many chunks of the portfolio by their words and meaning.
    """

    text: str
    book: Book
    today: date
    context: Context = Context.GENERAL
    page: Item | None = None
    focus: tuple[Item, ...] = ()
    follows: bool = False
    search: Search | None = None

    @cached_property
    def words(self) -> list[str]:
        """In small letters, with typing mistakes put right."""
        text = written_out(self.text)
        spelling = self.book.spelling
        skilled = {fold(word) for skill in self.found_skills for word in words_of(skill.surface)}
        folded = [fold(word) for word in words_of(text)]
        return [word if word in skilled else spelling.correct(word) for word in folded]

    @cached_property
    def plain(self) -> str:
        """The words with single blanks; of a whole name of the owner's the first one."""
        own = self.book.own_names
        before = ["", *self.words]
        return " ".join(
            word
            for word, last in zip(self.words, before, strict=False)
            if word not in own or last not in own
        )

    @cached_property
    def mentions(self) -> list[Mention]:
        """The items of the portfolio that it names."""
        return self.book.find_names(self.words)

    def named(self, *types: str) -> list[Item]:
        """The items of these types that it names, or else those that it is about."""
        named = [item for mention in self.mentions for item in mention.items]
        found = [item for item in named if item.type in types]
        if not found and not named:
            found = [item for item in self.focus if item.type in types]
        if not found and not named and self.page and self.page.type in types:
            found = [self.page]
        return list(dict.fromkeys(found))

    @cached_property
    def subjects(self) -> list[Item]:
        """What it names, or else is about, whatever its type."""
        named = [item for mention in self.mentions for item in mention.items]
        if named:
            return list(dict.fromkeys(named))
        return list(self.focus) or ([self.page] if self.page else [])

    @cached_property
    def found_skills(self) -> list[Skill]:
        """The skills that it names; places that are spelled like one are none."""
        return [
            skill
            for skill in self.book.skills_of(self.text)
            if not (skill.surface.islower() and skill.surface in ASKING)
            and fold(skill.surface) not in self.book.initials
            and (
                skill.name in self.book.skills
                or not {fold(word) for word in words_of(skill.surface)} <= self.book.places
            )
        ]

    @cached_property
    def skills(self) -> list[str]:
        """The names of skills in it, spoken languages left out."""
        named = [set(self.words[mention.start : mention.end]) for mention in self.mentions]
        found = [
            skill.name
            for skill in self.found_skills
            if skill.category is not Category.SPOKEN and not self._is_of_a_name(skill.surface)
        ]
        begun = [self.abbreviated(word) for word in self.words if word not in ASKING]
        short = [name for name in begun if name and " " not in name]
        return [
            name
            for name in dict.fromkeys([*found, *self._loose_skills(), *short])
            if name.lower() not in SKILL_CLASSES
            and not any(set(words_of(name.lower())) <= words for words in named)
        ]

    def _loose_skills(self) -> list[str]:
        """Ambiguous names, of which the portfolio says that they are skills here: Go, R, C."""
        vocabulary = self.book.vocabulary
        tokens = cut_tokens(self.text)
        found = []
        for candidate in find_candidates(self.text, tokens, vocabulary):
            place = tokens[candidate.first].start
            surface = self.text[place : tokens[candidate.past - 1].end]
            if self._is_of_a_name(surface):
                continue
            is_short, is_asking = len(tokens) <= 4, surface.lower() in ASKING
            is_meant = stands_for_a_name(self.text, surface, place)
            is_own = candidate.name in self.book.skills or not self._says_any(surface)
            is_likely = is_own and (is_short or is_meant)
            if candidate.rule and (is_likely or candidate.rule.is_spelled(surface)):
                if surface.lower() in OWNER or (place == 0 and not is_short and is_asking):
                    continue
                if is_asking and surface.islower() and len(tokens) > 2 and not is_meant:
                    continue
                concept = vocabulary.concept(candidate.name)
                if concept and concept.category in PROPER | _PRACTICES:
                    found.append(candidate.name)
        return found

    def _is_of_a_name(self, surface: str) -> bool:
        """Whether it is but a part of what something is called."""
        words = {fold(word) for word in words_of(surface)}
        return any(words <= {*self.words[m.start : m.end]} for m in self.mentions if m.exact)

    def _says_any(self, surface: str) -> bool:
        """Whether the portfolio has one of its words."""
        return any(self.book.has(root(word)) for word in words_of(surface.lower()))

    @cached_property
    def years(self) -> list[int]:
        found = [int(year) for year in _YEAR.findall(self.text)]
        if "this year" in self.plain:
            found.append(self.today.year)
        if "last year" in self.plain:
            found.append(self.today.year - 1)
        return found

    @cached_property
    def content(self) -> list[str]:
        """The roots of what is asked about: no question words, no owner, no dates."""
        skip = ASKING | OWNER | self.book.own_names
        sizes = set(re.findall(r"\bhow (big|large|small|long|often)\b", self.plain))
        words = [word for word in self.words if word not in skip | sizes and not word.isdigit()]
        return list(dict.fromkeys(root(other) for word in words for other in self._in_full(word)))

    def _in_full(self, word: str) -> list[str]:
        """An abbreviation as the portfolio writes it: a11y is accessibility."""
        if self.book.has(root(word)) or (self.book.is_common(word) and len(word) > 3):
            return [word]
        name = self.book.vocabulary.name_of(word)
        full = words_of(name.lower()) if name else []
        return full if full and all(self.book.has(root(part)) for part in full) else [word]

    @cached_property
    def topic_words(self) -> list[str]:
        """Content without the names of items and without what any such question may have."""
        named = {
            root(word)
            for mention in self.mentions
            for word in self.words[mention.start : mention.end]
        }
        common = {root(word) for word in ABOUT_WORK}
        return [word for word in self.content if word not in named and word not in common]

    @cached_property
    def searched(self) -> str:
        """The words without the owner, who is in every question and in no text that answers."""
        skip = OWNER | self.book.own_names
        return " ".join(word for word in self.words if word not in skip) or self.text

    @cached_property
    def named_less(self) -> list[str]:
        """Content without the names of items."""
        named = {
            root(word)
            for mention in self.mentions
            for word in self.words[mention.start : mention.end]
        }
        return [word for word in self.content if word not in named]

    @cached_property
    def is_about_owner(self) -> bool:
        return any(word in OWNER or word in self.book.own_names for word in self.words)

    @cached_property
    def asking_part(self) -> str:
        """Without sentences in which visitors speak of themselves."""
        sentences = re.split(r"(?<=[.!?])\s+", self.text)
        ours = re.compile(r"\b(?:we|we're|our|us|i|i'm|my)\b", re.IGNORECASE)
        asking = [one for one in sentences if not ours.search(one)]
        return " ".join(asking or sentences[-1:])

    def abbreviated(self, word: str) -> str:
        """The skill of the portfolio of which a word is the beginning."""
        if len(word) < 5 or (self.book.is_common(word) and self.book.has(root(word))):
            return ""
        found = [name for name in self.book.skills if name.lower().startswith(word)]
        return found[0] if len(found) == 1 else ""

    def matches(self, pattern: str) -> bool:
        """Whether the plain words contain the pattern; looked for once, asked for each sentence."""
        if pattern not in self._matched:
            self._matched[pattern] = re.search(pattern, self.plain) is not None
        return self._matched[pattern]

    @cached_property
    def _matched(self) -> dict[str, bool]:
        return {}
