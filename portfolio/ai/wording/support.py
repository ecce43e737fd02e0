"""Whether a statement of the portfolio says what a sentence says. In doubt it does not.

A sentence has to rest on one statement alone: of two, each true, a sentence can be made that is
not ("Rust at Quillhaven", of Rust in one place and Quillhaven in another).
"""

import re
from functools import lru_cache

from portfolio.ai.evaluation.wording import contains
from portfolio.ai.lexical import find_words, fold
from portfolio.ai.skills.finder import find_skills
from portfolio.ai.wording.order import follows
from portfolio.ai.wording.plain_words import GENDERED, LINKING, NEUTRAL, OPENERS, WEIGHTY
from portfolio.ai.wording.quantities import are_supported, is_numeral, read_quantities
from portfolio.ai.wording.stance import Stance, denies, is_about_saying, read_stances

_ENOUGH = 0.7
"""Share of a sentence's words with a meaning of their own that the statement must have."""
_WORD = re.compile(r"[^\W_][\w.+#&'\u2019/-]*")
_ENDS = ".'\u2019/-&"
_ADDRESS = re.compile(r"\S+://\S+|\bwww\.\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b\S*")
_MARKUP = re.compile(r"[<>{}|\\\[\]]|!\(|&#?\w+;")
_MONTHS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b"
)


def is_supported(sentence: str, statement: str, question: str = "") -> bool:
    """Whether the statement says it; both in their normal form.

    Args:
        question: only its "she" or "he" may be taken over.
    """
    if sentence.rstrip(".") == statement.rstrip("."):
        return True
    return (
        _has_no_signs_of_its_own(sentence, statement)
        and are_supported(read_quantities(sentence), _quantities_of(statement))
        and _names_nothing_else(sentence, statement)
        and _is_meant_alike(sentence, statement)
        and _has_enough_in_common(sentence, statement)
        and follows(sentence, statement)
        and _gendered(sentence) <= _gendered(f"{statement} {question}")
    )


def refers_back(sentence: str, statement: str) -> bool:
    """Whether a sentence can only be understood after another, which the statement does not say."""
    return bool(_plain(sentence) & LINKING - _plain(statement))


def _has_no_signs_of_its_own(sentence: str, statement: str) -> bool:
    if any(sign not in statement for sign in _MARKUP.findall(sentence)):
        return False
    folded = statement.lower()
    return all(
        address.rstrip(".,;:!?)").lower() in folded for address in _ADDRESS.findall(sentence)
    )


def _names_nothing_else(sentence: str, statement: str) -> bool:
    given = _skills_of(statement)
    known: list[tuple[int, int]] = [match.span() for match in _MONTHS.finditer(sentence)]
    for skill in find_skills(sentence):
        if skill.name not in given and not contains(statement, skill.surface):
            return False
        known.append((skill.start, skill.end))
    return all(contains(statement, name) for name in _find_names(sentence, known))


def _find_names(sentence: str, known: list[tuple[int, int]]) -> list[str]:
    """Runs of words that look like names, but for the places that are known."""
    names: list[str] = []
    past = -1
    for match in _WORD.finditer(sentence):
        word = match[0].rstrip(_ENDS).removesuffix("'s").removesuffix("\u2019s")
        start, end = match.start(), match.start() + len(word)
        if not _looks_like_a_name(word, is_first=match.start() == 0) or any(
            begin <= start and end <= finish for begin, finish in known
        ):
            continue
        if names and start == past + 1 and sentence[past] == " ":
            names[-1] += f" {word}"
        else:
            names.append(word)
        past = end
    return names


def _looks_like_a_name(word: str, *, is_first: bool) -> bool:
    if word == "I" or not any(letter.isupper() or letter.isdigit() for letter in word):
        return False
    if word[:1].isdigit() and not any(map(str.isalpha, word)):
        return False
    is_plain = word[1:] == word[1:].lower() and not any(map(str.isdigit, word))
    return not (is_first and is_plain and word.lower() in OPENERS)


def _is_meant_alike(sentence: str, statement: str) -> bool:
    given = _stances_of(statement)
    if denies(sentence) != denies(statement) and denies(sentence):
        return False
    return all(
        stances <= given[stem]
        for stem, stances in read_stances(sentence).items()
        if stem in given and stem not in NEUTRAL
    )


def _has_enough_in_common(sentence: str, statement: str) -> bool:
    # By what they are called, too: Kubernetes where the statement has k8s.
    given = set(_stances_of(statement))
    same = _skills_of(statement)
    for skill in find_skills(sentence):
        if skill.name in same:
            given.update(word.stem for word in find_words(skill.surface))
    said = {
        word.stem
        for word in find_words(sentence)
        if word.stem not in NEUTRAL and not _is_judged_elsewhere(sentence[word.start : word.end])
    }
    if said & WEIGHTY - given or not said & given:
        return False
    return len(said & given) >= _ENOUGH * len(said)


def _is_judged_elsewhere(word: str) -> bool:
    return is_about_saying(word) or is_numeral(word)


def _gendered(text: str) -> set[str]:
    return {GENDERED[word] for word in _plain(text) if word in GENDERED}


def _plain(text: str) -> set[str]:
    return {fold(word) for word in re.findall(r"[^\W\d_]+", text)}


@lru_cache(maxsize=256)
def _skills_of(statement: str) -> frozenset[str]:
    return frozenset(skill.name for skill in find_skills(statement))


@lru_cache(maxsize=256)
def _stances_of(statement: str) -> dict[str, set[Stance]]:
    return read_stances(statement)


_quantities_of = lru_cache(maxsize=256)(read_quantities)
