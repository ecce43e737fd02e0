"""Where a portfolio names skills: which of its texts are read for them, and how.

Names of people, schools, employers and towns are no evidence of anything and are never read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from portfolio.ai.lexical import stems
from portfolio.ai.passages import Field, texts_of
from portfolio.ai.sentences import split_sentences
from portfolio.ai.shown.practised import find_own_skills
from portfolio.ai.skills.concepts import Skill
from portfolio.ai.skills.denial import find_denied
from portfolio.ai.skills.finder import find_candidates, find_skills
from portfolio.ai.skills.tokens import cut_tokens
from portfolio.ai.skills.vocabulary import Vocabulary, is_learnable


class Document(NamedTuple):
    """A document of the API."""

    type: str
    id: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """The members of one type that are read: sentences, phrases, and lists of names."""

    prose: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


LAYOUTS: Mapping[str, Layout] = {
    "work": Layout(("summary", "highlights"), ("position",)),
    "project": Layout(
        ("summary", "description", "achievements", "challenges", "learnings"),
        ("title", "role"),
        ("technologies",),
    ),
    "volunteer": Layout(("summary", "highlights"), ("position",)),
    "profile": Layout(("summary",), ("label",)),
    "certificate": Layout(phrases=("name",)),
    "publication": Layout(("summary",), ("name",)),
    "award": Layout(("summary",), ("title",)),
    "education": Layout(phrases=("study_type", "area", "courses")),
    "skill": Layout(lists=("name", "keywords")),
}
DATED = frozenset({"work", "project", "volunteer"})


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, phrase or listed name, with the skills that it names.

    Attributes:
        tier: 0 is the best evidence.
        order: in the portfolio.
        names: of each skill, with what the text calls it.
        denies: whether it denies another skill, and so is mainly about that one.
    """

    source_type: str
    source_id: str
    field: str
    start: int
    end: int
    quote: str
    tier: int
    order: int
    names: Mapping[str, str]
    denies: bool
    stems: frozenset[str]


class Named(NamedTuple):
    """Where a text names skills: those that it shows, and whether it denies another."""

    start: int
    end: int
    names: Mapping[str, str]
    denies: bool = False


class Text(NamedTuple):
    """A text that is read."""

    document: Document
    field: Field
    is_list: bool
    tier: int


def readable_texts(documents: Sequence[Document]) -> Iterator[Text]:
    """Every text that may be evidence, in the portfolio's order."""
    for document in documents:
        layout = LAYOUTS.get(document.type)
        if layout is None:
            continue
        is_dated = document.type in DATED and bool(document.document.get("start_date"))
        for members, tier, is_list in [
            (layout.prose, 0 if is_dated else 2, False),
            (layout.phrases, 1 if is_dated else 3, False),
            (layout.lists, 1 if is_dated else 4, True),
        ]:
            for field in texts_of(document.document, members):
                yield Text(document, field, is_list, tier)


def learn_names(documents: Sequence[Document], vocabulary: Vocabulary) -> list[str]:
    """What the owner lists and the vocabulary does not know."""
    listed = (text.field.text for text in readable_texts(documents) if text.is_list)
    return [
        name
        for name in dict.fromkeys(listed)
        if is_learnable(name) and not _names_of_item(name, vocabulary)
    ]


def find_places(
    documents: Sequence[Document], vocabulary: Vocabulary, learned: Vocabulary
) -> list[Place]:
    """The places that name a skill of either vocabulary.

    Both are asked apart: what an owner lists must not hide a skill that everybody knows.
    """
    names = _personal_names(documents)
    places: list[Place] = []
    for text in readable_texts(documents):
        if text.is_list:
            item = text.field.text
            found = _names_of_item(item, vocabulary) or _names_of_item(item, learned)
            spans = [Named(0, len(item), found)]
        else:
            spans = list(_by_sentence(text.field.text, vocabulary, learned, names))
        places += [
            _to_place(text, named, len(places) + number)
            for number, named in enumerate(spans)
            if named.names
        ]
    return places


def find_word(documents: Sequence[Document], word: str) -> list[Place]:
    """The places that hold this very name, which no vocabulary knows."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    found = []
    for order, text in enumerate(readable_texts(documents)):
        content = text.field.text
        for start, end in split_sentences(content) if pattern.search(content) else ():
            sentence = content[start:end]
            spans = [match.span() for match in pattern.finditer(sentence)]
            if len(find_denied(sentence, spans)) < len(spans):
                found.append(_to_place(text, Named(start, end, {word: word}), order))
    return found


def denies_a_skill(sentence: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence says of any skill that it is not there."""
    skills = find_own_skills(sentence, vocabulary)
    return bool(find_denied(sentence, [(skill.start, skill.end) for skill in skills]))


def _names_of_item(item: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The skills of an item of a list of skills: there is no doubt that it is one."""
    whole = vocabulary.name_of(item)
    if whole is not None:
        return {whole: item}
    tokens = cut_tokens(item)
    found: dict[str, str] = {}
    for candidate in find_candidates(item, tokens, vocabulary):
        surface = item[tokens[candidate.first].start : tokens[candidate.past - 1].end]
        if candidate.rule is None or candidate.rule.is_spelled(surface):
            found.setdefault(candidate.name, surface)
    return found


def _by_sentence(
    text: str, vocabulary: Vocabulary, learned: Vocabulary, names: re.Pattern[str] | None
) -> Iterator[Named]:
    masked = [match.span() for match in names.finditer(text)] if names else []
    skills: list[Skill] = [*find_skills(text, learned), *find_own_skills(text, vocabulary)]
    skills = [
        skill
        for skill in skills
        if not any(start < skill.end and skill.start < end for start, end in masked)
    ]
    for start, end in split_sentences(text) if skills else ():
        inside = [s for s in skills if start <= s.start and s.end <= end]
        denied = find_denied(text[start:end], [(s.start - start, s.end - start) for s in inside])
        own = {s.name: s.surface for place, s in enumerate(inside) if place not in denied}
        yield Named(start, end, own, bool(denied))


def _personal_names(documents: Sequence[Document]) -> re.Pattern[str] | None:
    """Names of the person and of schools, of two words or more: `Ruby Swift` is no skill."""
    members = {"profile": "name", "education": "institution"}
    named = {
        str(document.document.get(members[document.type]) or "").strip()
        for document in documents
        if document.type in members
    }
    several = sorted(name for name in named if " " in name)
    if not several:
        return None
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in several))


def _to_place(text: Text, named: Named, order: int) -> Place:
    quote = text.field.text[named.start : named.end]
    return Place(
        text.document.type,
        text.document.id,
        text.field.pointer,
        named.start,
        named.end,
        quote,
        text.tier,
        order,
        named.names,
        named.denies,
        frozenset(stems(quote)),
    )
