"""What a question presumes and the portfolio has not: numbers, posts held, degrees in a subject."""

import re
from collections.abc import Iterable, Iterator

from ..answer import Answer
from ..book.items import Item, Sentence
from ..language.lexicon import ABOUT_WORK, ASKING, OWNER
from ..language.quantities import amount_of, amounts_in
from ..language.question_types import SYNONYMS
from ..language.wordings import kin_of
from ..language.words import family, root, roots, words_of
from ..questions.matching import DEGREES, called, covers
from ..questions.reading import Question
from ..replies import describe, listed, refusal

_COUNTED = re.compile(
    r"(?<![\w.,#/-])(?:[£$€]\s?)?(\d[\d.,]*\d)(?:\s?(%|k\b|thousand\b|million\b|billion\b))?"
    r"(?=\s+(?!(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|times|words|sentences|"
    r"characters)\b)[a-z]|\s*[-,.!?)]|$)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST = 10
"""Smaller numbers are counted by whoever asks, and stand in words."""
_COMPARED = re.compile(
    r"\b(?:more|less|fewer|than|over|under|above|below|at least|at most|up to|around|about|roughly|"
    r"nearly|almost|some|minimum|maximum)\s+$",
    re.IGNORECASE,
)
_COUNTED_NOUN = re.compile(r"(\d[\d.,]*(?: ?%)?)((?: [^\W\d]+){1,3})")
_SUPPOSED = r"\b(?:would|could|might|if|suppose|imagine)\b"
_WHETHER = r"^(?:and |so |but )?(?:has|have|had|does|do|did|is|are|was|were|can|could|would|will)\b"

_HELD = (
    r"\b(?:when|while|since) (?:she|he|they|you|{name}) (?:was|were|became|had been|worked as|"
    r"served as) (?:an? |the )?((?:\w+ ){{0,2}}\w+)|"
    r"\b(?:her|his|their|your) (?:time|days|years|stint|spell|job|role|post|work|career) as "
    r"(?:an? |the )?((?:\w+ ){{0,2}}\w+)"
)
_MEMBER = r"\b(?:member|fellow) of (?:the |an? )((?:(?!of|for|at|in)\w+ )?(?!of|for|at|in)\w+)"
_ANYBODY = family(
    """
    student pupil child kid boy girl teenager young beginner junior newcomer intern trainee
    apprentice graduate employee leader developer engineer whole little small
    """
)
"""What everybody has been, whatever the portfolio calls it."""

_OWN = re.compile(r"\b(?:I|[Mm]y|me)\b")
"""Of whoever the portfolio is about: nurses elsewhere are others."""

_NEVER = (
    r"^(?:and |so )?(?:what|which|who)\b.*?\b(?:(?:has|have|is|are|was|can|could|did|does|do) "
    r"(?:she|he|they|you) (?:not|never|nt)\b|(?:she|he|they|you)(?: has| have| had)? never\b)"
)

_KINDS = r"(?:degree|diploma|bachelors?|masters?|phd|doctorate)"
_DEGREE = (
    rf"\b(?:her|his|their|your|an?|the) ((?:\w+ ){{1,3}}?){_KINDS}\b|"
    rf"\b{_KINDS} (?:in|of) (\w+(?: \w+)?)"
)
_OF_ANY_DEGREE = family(
    """
    first second highest last latest university college academic formal honours research part-time
    undergraduate postgraduate advanced higher science arts own earlier grade take study finish
    complete pass topic subject title evening
    """
)


def refuse_presumed(question: Question) -> Answer | None:
    """A refusal if the question goes without saying from what the portfolio does not say."""
    return _number(question) or _degree(question)


def _number(question: Question) -> Answer | None:
    """A number that nothing has of which the question speaks, where it is no guess."""
    if question.matches(f"{_SUPPOSED}|{_WHETHER}") or not re.search(r"\d\d", question.text):
        return None
    things = [item for item in question.subjects if item.type != "skill"]
    groups = [member for item in things for member in question.book.group_of(item)]
    items = groups or list(question.book.items)
    known = set[float]().union(*(item.amounts for item in items))
    names = [item.name for item in things if item.name]
    for sentence in question.book.sentences if names else ():
        if any(name in sentence.text for name in names):
            known.update(amounts_in(sentence.text))
    asking = question.asking_part
    for match in _COUNTED.finditer(asking):
        is_year = _YEAR.fullmatch(match[1]) and not match[2]
        if is_year or _COMPARED.search(asking[: match.start()]):
            continue
        number = amount_of(match[1], match[2])
        if number is None or number < _LEAST:
            continue
        if number not in known or _is_of_another(items, number, asking[match.end() :]):
            where = f" where it speaks of {things[0].name}" if groups else ""
            return refusal(f"The portfolio does not mention {match[0].strip()}{where}.")
    return None


def _is_of_another(items: Iterable[Item], number: float, after: str) -> bool:
    """Whether what stands behind the number is counted, and never so."""
    noun = re.match(r"\s+([a-z]{4,})\b", after)
    if noun is None:
        return False
    counted = {
        amount
        for item in items
        for sentence in item.sentences
        if root(noun[1]) in sentence.roots
        for amount in _counts(sentence, root(noun[1]))
    }
    return bool(counted) and number not in counted


def _counts(sentence: Sentence, noun: str) -> Iterator[float]:
    """The amounts before a noun, with a word or two between."""
    for match in _COUNTED_NOUN.finditer(sentence.text):
        if noun in map(root, words_of(match[2])):
            yield from amounts_in(match[1])


def refuse_never(question: Question) -> Answer | None:
    """What of all things somebody has not done: no portfolio tells that."""
    if not question.matches(_NEVER) or question.mentions or question.skills:
        return None
    return refusal("The portfolio says what was done, and not what was not.")


def refuse_post(question: Question) -> Answer | None:
    """A post that somebody is said to have held, and of which nothing has a word."""
    book = question.book
    name = re.escape(book.first_name.lower() or "she")
    if member := re.search(_MEMBER, question.plain):
        unheard = [word for word in roots(member[1]) if not book.has(word)]
        return refusal(f"The portfolio does not mention {member[1]}.") if unheard else None
    match = re.search(_HELD.format(name=name), question.plain)
    if match is None:
        return None
    words = []
    for word in words_of(match[1] or match[2]):
        if word in ASKING or word in OWNER:
            break
        words.append(word)
    if not words or any(root(word) in _ANYBODY or _is_there(question, word) for word in words):
        return None
    return refusal(f"The portfolio names no post as {' '.join(words)}.")


def _is_there(question: Question, word: str) -> bool:
    """Whether somebody is called so; others may be, without having been that."""
    book, small = question.book, root(word)
    held = book.of("work", "volunteer", "education", "certificate")
    titles = [*map(called, held), *(set(roots(item.text("/role"))) for item in book.of("project"))]
    told = [s for s in book.sentences if word.endswith(("er", "or")) or _OWN.search(s.text)]
    named = frozenset[str]().union(*titles, *(sentence.roots for sentence in told))
    posts = {other for item in held for other in roots(item.text("/position"))}
    near = book.family(small) - SYNONYMS.get(small, frozenset()) | {small} | kin_of(small)
    return not named.isdisjoint(near) or not posts.isdisjoint(SYNONYMS.get(small, ()))


def _degree(question: Question) -> Answer | None:
    """A degree in a subject that none of the degrees is in."""
    items = question.book.of("education")
    match = re.search(_DEGREE, question.plain)
    if match is None or not items:
        return None
    skip = ASKING | OWNER | ABOUT_WORK | question.book.own_names
    words = [word for word in words_of(match[1] or match[2]) if word not in skip]
    subject = [word for word in map(root, words) if word not in DEGREES | _OF_ANY_DEGREE]
    if not subject or any(covers(called(item), word) for item in items for word in subject):
        return None
    said = listed([describe(item) for item in items])
    return refusal(
        f"The portfolio does not mention a degree in {' '.join(words)}. It says: {said.text}",
        said.citations,
    )
