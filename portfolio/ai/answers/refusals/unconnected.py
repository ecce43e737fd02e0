"""Names that a question puts together and the portfolio has apart: a post and an employer, a prize
and who gave it, the first name of one person and the last name of another."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from ...lexical import fold
from ..answer import Answer
from ..book.book import Mention
from ..language.words import words_of
from ..questions.naming import group_of, is_its_name, names_in, stand_apart
from ..questions.reading import Question
from ..replies import describe, listed, refusal

_SINCE_GIVEN = r"\b(?:give|gave|given|gives|from|by|issue[sd]?|award(?:ed|s)?|present(?:ed|s)?)\b"
_GIVEN = ("award", "certificate", "publication")
_PLACES = ("work", "volunteer", "education")


def refuse_unconnected(question: Question) -> Answer | None:
    """A refusal if two names belong together in the question and nowhere else."""
    mixed = _mixed_name(question) or _other_name(question)
    if mixed:
        return refusal(f"The portfolio does not mention {mixed}.")
    for one, other in combinations(question.mentions, 2):
        for first, second in ((one, other), (other, one)):
            if (
                not stand_apart(question, one, other)
                and _are_a_pair(question, first, second)
                and not _are_connected(question, first, second)
            ):
                return _apart(question, first, second)
    return None


def _are_a_pair(question: Question, one: Mention, other: Mention) -> bool:
    """Whether the second says where the first was, who gave it, or whom somebody works for."""
    first, second = one.items[0], other.items[0]
    own = [is_its_name(question, mention, mention.items[0]) for mention in (one, other)]
    if first.type == second.type == "work":
        return own == [False, True]
    if first.type in _GIVEN and own[0]:
        is_whole = own[1] and other.end - other.start == len(words_of(second.name))
        return question.matches(_SINCE_GIVEN) and (second.type in _PLACES or not is_whole)
    return first.type == "reference" and second.type in _PLACES


def _are_connected(question: Question, one: Mention, other: Mention) -> bool:
    if set(one.items) & set(other.items):
        return True
    if one.items[0].type == "reference":
        employers = [work.name for work in question.book.of("work")]
        told = [item for item in one.items if any(name in item.name for name in employers)]
        return not told or any(place.name in item.name for item in told for place in other.items)
    groups = group_of(question, other.items), group_of(question, one.items)
    return bool(groups[0] & set(one.items)) or bool(groups[1] & set(other.items))


def _apart(question: Question, one: Mention, other: Mention) -> Answer:
    said = listed([describe(item) for item in one.items[:2]])
    named = [_written(question, mention) for mention in (one, other)]
    return refusal(
        f"The portfolio does not connect {named[0]} with {named[1]}. It says: {said.text}",
        said.citations,
    )


def _written(question: Question, mention: Mention) -> str:
    """A name as the question writes it, or as it is read."""
    plain = names_in(question, mention)
    found = re.search(re.escape(plain).replace(r"\ ", r"\W+"), question.text, re.IGNORECASE)
    return found[0] if found else plain


def _mixed_name(question: Question) -> str:
    """The first name of one person before the last name of another."""
    for one, other in pairwise(_people(question)):
        if one.end == other.start and not set(one.items) & set(other.items):
            return " ".join(_written(question, mention) for mention in (one, other))
    return ""


def _other_name(question: Question) -> str:
    """The first word of a name before a capital that is not of it: another firm, perhaps."""
    skilled = {fold(word) for one in question.found_skills for word in words_of(one.surface)}
    named = {w for one in question.mentions for w in question.words[one.start : one.end]}
    for mention in question.mentions:
        if mention.end - mention.start > 1 or mention.items[0].type not in _PLACES:
            continue
        word = question.words[mention.start]
        behind = re.search(
            rf"\b({re.escape(word)}) ([A-Z]\w{{2,}})\b", question.text, re.IGNORECASE
        )
        if behind is None or not behind[2][0].isupper():
            continue
        group = group_of(question, mention.items)
        told = {fold(w) for item in group for one in item.sentences for w in words_of(one.text)}
        if fold(behind[2]) not in skilled | named | told:
            return behind[0]
    return ""


def _people(question: Question) -> Iterator[Mention]:
    for mention in question.mentions:
        if mention.end - mention.start == 1 and {i.type for i in mention.items} == {"reference"}:
            yield mention
