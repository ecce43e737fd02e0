"""Whether a sentence denies the skills that it names; its phrases are in vocabulary/denial.toml.

Names are put as one mark each before phrases are looked for, so that what stands between a cue
and a name, and between the names of a list, can be told by its words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from portfolio.ai.skills.vocabulary_data import DenialPhrases, read_denial

Span = tuple[int, int]
_LONGEST = 5000
"""Characters of a sentence that are looked at; nobody writes longer ones."""
_MARK = "\ue000"
_WORD = r"[\w'\u2019-]+"
_AND = r"(?:\s*,?\s*\b(?:and|or|nor)\s+|\s*/\s*)(?:(?:even|in|with|no|any|the|an?)\s+){0,2}"
_ITEM = rf"\s*,\s*(?:{_MARK}|{_WORD}(?:\s{_WORD})?)"
# Commas make a list where it ends with an `or`, or with the sentence; else a clause begins.
# Its length is bounded, so that time is linear in the sentence.
_LIST = (
    rf"(?>{_MARK}(?:(?:{_ITEM}){{0,12}}{_AND}{_MARK}){{1,12}}+"
    rf"|{_MARK}(?:\s*,\s*{_MARK}){{0,12}}(?=\s*(?:$|[.;:!?)]))|{_MARK})"
)
# Names that no vocabulary knows, before those that one does: `Foobar, Quux or Terraform`.
_OTHERS = (
    rf"(?:\s*,\s*{_WORD}(?:\s{_WORD})?){{0,12}}(?:\s*,?\s*\b(?:or|nor)\s+"
    rf"|\s*,\s*(?={_MARK}(?:{_ITEM}){{0,12}}\s*,?\s*\b(?:or|nor)\s))"
)
_RIVALS = rf"(?>{_LIST}(?:\s+(?:with|to|against|versus|vs\.?)\s+(?:the\s+)?{_LIST})?)"
_END_OF_CLAUSE = (
    r"\b(?:but|although|though|while|whereas|because|since|until|so|when|which|who|if|for|without"
    r"|and\s+(?:I|we|he|she|they|you|then|now|\w+ed|wrote|built|ran|made|chose|took|kept|led|taught"
    r"|put|set|went|left|brought))\b"
)


class _Cue(NamedTuple):
    """A phrase that denies.

    Attributes:
        unless: what may not stand in the sentence from there on.
        twice: whether another denial before it makes it an affirmation.
    """

    phrase: re.Pattern[str]
    unless: re.Pattern[str] | None
    twice: bool


def find_denied(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """The places in `spans` of those names of a sentence that it denies."""
    if not spans:
        return frozenset()
    marked, groups = _mark(text, spans)
    marked = marked[:_LONGEST]
    cues, negative = _cues()
    denied: set[int] = set()
    for cue in cues:
        for found in cue.phrase.finditer(marked):
            if cue.unless and cue.unless.search(marked, found.start()):
                continue
            if cue.twice and negative.search(marked, 0, found.start()):
                continue
            start, end = found.span("denied")
            first = marked.count(_MARK, 0, start)
            denied.update(range(first, first + marked.count(_MARK, start, end)))
    return frozenset(place for group in denied for place in groups[group])


def _mark(text: str, spans: Sequence[Span]) -> tuple[str, list[list[int]]]:
    """The text with one mark for each name, and the spans that each mark stands for."""
    pieces: list[str] = []
    groups: list[list[int]] = []
    past = 0
    for place in sorted(range(len(spans)), key=lambda each: spans[each]):
        start, end = spans[place]
        if groups and start < past:
            groups[-1].append(place)
        else:
            pieces += [text[past:start].replace(_MARK, " "), _MARK]
            groups.append([place])
        past = max(past, end)
    return "".join([*pieces, text[past:].replace(_MARK, " ")]), groups


@cache
def _cues() -> tuple[Sequence[_Cue], re.Pattern[str]]:
    data = read_denial()
    words = _words(data)
    affirming = {name: _compile(phrase, words) for name, phrase in data.affirming.items()}
    return list(_read_cues(data, words, affirming)), affirming["negative"]


def _read_cues(
    data: DenialPhrases, words: Mapping[str, str], affirming: Mapping[str, re.Pattern[str]]
) -> Iterator[_Cue]:
    for cue in data.cues:
        for phrase in cue["phrases"]:
            unless = affirming[cue["unless"]] if "unless" in cue else None
            yield _Cue(_compile(phrase, words), unless, cue.get("twice", False))


def _words(data: DenialPhrases) -> dict[str, str]:
    """What each name in angle brackets stands for."""
    words = {name: _any(map(_with_blanks, members)) for name, members in data.words.items()}
    harm, fill = words["harm"], words["fill"]
    plain = rf"(?!{harm}\b){_WORD}\s+"
    # One word that is not known may stand before a name, if it is no deed: `a dedicated Kafka`.
    adjective = rf"(?:(?!(?:{harm}|\w+ing|every|all|and|or|only|yet)\b){_WORD}\s+)?"
    harmless = rf"(?!\s+{harm}\b)"
    inside = rf"(?:(?!{_END_OF_CLAUSE}|\b{harm}\b)[^,;:(){_MARK}])*+"
    unknown = rf"(?:(?!(?:{harm}|\w+ing)\b){_WORD}(?:\s{_WORD})?{_OTHERS})?"
    words["fill"] = rf"(?:{fill}\s+){{0,6}}{adjective}{unknown}"
    words["article"] = rf"(?:{words['article']}\s+){{0,2}}"
    words["some"] = rf"(?:{plain}){{0,5}}?"
    words["soon"] = r"(?:(?:soon|then|also|finally|at\s+once|really|quite|\w+ly)\s+)?"
    words["pair"] = rf"(?:(?:{_WORD}|{_MARK})\s+){{1,5}}"
    words["list"] = rf"(?P<denied>{_LIST}){harmless}"
    words["rivals"] = rf"(?P<denied>{_RIVALS})"
    words["clause"] = rf"(?P<denied>{inside}(?:(?:{_OTHERS})?{_LIST}{harmless}{inside})+)"
    words["skill"] = _MARK
    return words


def _any(members: Iterable[str]) -> str:
    return f"(?:{'|'.join(members)})"


def _compile(phrase: str, words: Mapping[str, str]) -> re.Pattern[str]:
    pattern = re.sub(r"<(\w+)>", lambda name: words[name[1]], _with_blanks(phrase))
    return re.compile(pattern, re.IGNORECASE)


def _with_blanks(phrase: str) -> str:
    return phrase.replace(" ", r"\s+")
