"""Whether an ambiguous spelling is a skill: what stands around it decides."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from portfolio.ai.skills.alone import ends_a_sentence, stands_alone
from portfolio.ai.skills.concepts import Category, Evidence, Rule, Spelling
from portfolio.ai.skills.tokens import SIGNS, Token
from portfolio.ai.skills.vocabulary import Vocabulary
from portfolio.ai.skills.vocabulary_data import CueWords

NEAR = 8
RIGHT_BEFORE = 3
FEWEST_BARE = 2
_BREAK = re.compile(r"[\n!?;]|\.\s|\.$")
# What stands between two neighbours of a list, or between one and what it is used with.
_LINK = re.compile(
    r"[\s,;/|&+\u2022\u00b7*`_\"'\u201c\u201d()\[\]\u2010-\u2015-]*"
    r"(?:(?:(?:and )?either|and/or|and|or|nor"
    r"|with|using|in|plus|as well as|und|oder|mit|e\.g\.|like|such as)\b)?"
    r"[\s,;/|&+\u2022\u00b7*`_\"'\u201c\u201d()\[\]\u2010-\u2015-]*",
    re.IGNORECASE,
)
_LONGEST_LINK = 24
_SHOUTED = 200
_FUNCTION_WORDS = frozenset("THE OF IS ARE IN TO WITH FOR WE YOU OUR AT BY IT ON WHO".split())  # noqa: SIM905
# What follows tells that it is one: `the Vue framework`, `a Spark cluster`.
_KINDS = frozenset(
    {
        *["framework", "library", "libraries", "language", "database", "cluster", "clusters"],
        *["programming", "ecosystem", "sdk", "api", "queries", "developer", "backend", "frontend"],
    }
)
_NOT_OF_THE_TRADE = frozenset({Category.SOFT, Category.SPOKEN, Category.BUSINESS})


class Candidate(NamedTuple):
    """A spelling from token `first` up to token `past`, and the rule that it must satisfy."""

    first: int
    past: int
    name: str
    rule: Rule | None


class Context:
    """The text around the candidates of one text."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        candidates: Sequence[Candidate],
        vocabulary: Vocabulary,
        words: CueWords,
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._words = words
        self._starts = {candidate.first for candidate in candidates}
        self._in_list = self._find_lists(candidates, vocabulary)

    def speaks_for(self, candidate: Candidate) -> bool:
        """Whether it may be taken for a skill."""
        rule = candidate.rule
        if rule is None:
            return True
        is_shouted = self._is_shouted(candidate)
        needed = rule.otherwise if is_shouted else rule.needs(self._surface(candidate))
        if needed is Evidence.NEVER or self._is_spoken_against(candidate, rule):
            return False
        return needed is Evidence.NOTHING or self._evidence(candidate, rule) >= needed

    def _evidence(self, candidate: Candidate, rule: Rule) -> Evidence:
        if candidate.first in self._in_list or self._has_near(candidate, rule.cues, NEAR):
            return Evidence.LIST
        if self._is_part_of_a_name(candidate):
            return Evidence.NOTHING
        if self._has_before(candidate, self._words.asking):
            return Evidence.ASKED
        near = self._words.asking if rule.spelled is Spelling.ANY else self._words.cues
        if self._has_near(candidate, near, NEAR) or self._stands_alone(candidate):
            return Evidence.CUE
        return Evidence.CAPITAL if self._is_capital_within(candidate) else Evidence.NOTHING

    def _is_spoken_against(self, candidate: Candidate, rule: Rule) -> bool:
        before, after = self._neighbours(candidate)
        if after in _KINDS and before not in {"you", "we", "they", "to"}:
            return False
        is_small = rule.spelled is Spelling.ANY or self._surface(candidate).islower()
        if is_small and self._is_tail_of_a_word(candidate):
            return True
        return before in rule.not_after or after in rule.not_before

    def _neighbours(self, candidate: Candidate) -> tuple[str, str]:
        """The words right beside it in the same sentence, with nothing but a blank or hyphen."""
        before = after = ""
        if candidate.first and self._is_beside(candidate.first - 1):
            before = self._tokens[candidate.first - 1].key
        if candidate.past < len(self._tokens) and self._is_beside(candidate.past - 1):
            after = self._tokens[candidate.past].key
        return before, after

    def _is_beside(self, index: int) -> bool:
        gap = self._text[self._tokens[index].end : self._tokens[index + 1].start]
        return gap.strip(" \t\u00a0-\u2010\u2011'\u2019&") == ""

    def _is_tail_of_a_word(self, candidate: Candidate) -> bool:
        start = self._tokens[candidate.first].start
        return start > 1 and self._text[start - 1] == "-" and self._text[start - 2].isalpha()

    def _has_before(self, candidate: Candidate, words: frozenset[str]) -> bool:
        return any(key in words for key in self._outward(candidate.first, -1, RIGHT_BEFORE))

    def _has_near(self, candidate: Candidate, words: frozenset[str], reach: int) -> bool:
        if not words:
            return False
        return any(key in words for key in self._outward(candidate.first, -1, reach)) or any(
            key in words for key in self._outward(candidate.past - 1, 1, reach)
        )

    def _outward(self, index: int, step: int, reach: int) -> list[str]:
        """Up to `reach` keys of the same sentence, from a token outwards."""
        keys = []
        for _ in range(reach):
            other = index + step
            if not 0 <= other < len(self._tokens):
                break
            left, right = sorted((index, other))
            gap = self._text[self._tokens[left].end : self._tokens[right].start]
            if _BREAK.search(gap):
                break
            keys.append(self._tokens[other].key)
            index = other
        return keys

    def _is_part_of_a_name(self, candidate: Candidate) -> bool:
        """Whether a capitalised stranger follows, as in `Salt Lake` or `Rocket Mortgage`."""
        past = candidate.past
        if past >= len(self._tokens) or past in self._starts:
            return False
        word = self._tokens[past]
        gap = self._text[self._tokens[past - 1].end : word.start]
        return (
            gap == " "
            and self._surface(candidate)[:1].isupper()
            and self._text[word.start].isupper()
            and word.key not in self._words.cues
        )

    def _is_capital_within(self, candidate: Candidate) -> bool:
        first = candidate.first
        if not first or not self._text[self._tokens[first].start].isupper():
            return False
        previous = self._tokens[first - 1]
        gap = self._text[previous.end : self._tokens[first].start]
        return _BREAK.search(gap) is None and self._text[previous.start].islower()

    def _stands_alone(self, candidate: Candidate) -> bool:
        """Whether it is the whole of a bullet or of a table's cell."""
        start, end = self._tokens[candidate.first].start, self._tokens[candidate.past - 1].end
        return stands_alone(self._text, start, end)

    def _is_shouted(self, candidate: Candidate) -> bool:
        """Whether it stands in a sentence in capitals, where case says nothing."""
        if not self._surface(candidate).isupper():
            return False
        start, end = self._tokens[candidate.first].start, self._tokens[candidate.past - 1].end
        line_end = self._text.find("\n", end, end + _SHOUTED)
        first = self._text.rfind("\n", max(0, start - _SHOUTED), start) + 1
        line = self._text[
            max(first, start - _SHOUTED) : line_end if line_end >= 0 else end + _SHOUTED
        ]
        return line.isupper() and not _FUNCTION_WORDS.isdisjoint(line.split())

    def _surface(self, candidate: Candidate) -> str:
        return self._text[
            self._tokens[candidate.first].start : self._tokens[candidate.past - 1].end
        ]

    def _find_lists(self, candidates: Sequence[Candidate], vocabulary: Vocabulary) -> set[int]:
        """The first tokens of candidates that stand in a list with a skill beyond doubt."""
        found: set[int] = set()
        chain: list[Candidate] = list(candidates[:1])
        bare = self._bare_links(candidates)
        for one, other in pairwise(candidates):
            if other.first not in bare and not self._is_linked(one, other):
                found |= self._judge(chain, vocabulary)
                chain = []
            chain.append(other)
        return found | self._judge(chain, vocabulary)

    def _bare_links(self, candidates: Sequence[Candidate]) -> set[int]:
        """Those that follow in a row of three names or more with blanks alone: pasted tags."""
        found: set[int] = set()
        links = [(self._is_blank(one, other), other.first) for one, other in pairwise(candidates)]
        for is_bare, group in groupby(links, key=itemgetter(0)):
            row = [first for _, first in group]
            found.update(row if is_bare and len(row) >= FEWEST_BARE else ())
        return found

    def _is_blank(self, one: Candidate, other: Candidate) -> bool:
        start, end = self._tokens[one.past - 1].end, self._tokens[other.first].start
        return one.past == other.first and self._text[start:end] in {" ", "  ", "\t"}

    def _judge(self, chain: Sequence[Candidate], vocabulary: Vocabulary) -> set[int]:
        certain = [c for c in chain if c.rule is None and _is_of_the_trade(c.name, vocabulary)]
        well_spelled = {c.name for c in chain if c.rule and self._is_well_spelled(c, c.rule)}
        if certain or len(well_spelled) > 1:
            return {candidate.first for candidate in chain}
        return set()

    def _is_well_spelled(self, candidate: Candidate, rule: Rule) -> bool:
        if rule.spelled is Spelling.ANY or self._is_spoken_against(candidate, rule):
            return False
        return rule.is_spelled(self._surface(candidate))

    def _is_linked(self, one: Candidate, other: Candidate) -> bool:
        start = self._tokens[one.past - 1].end
        gap = self._text[start : self._tokens[other.first].start]
        if len(gap) > _LONGEST_LINK or not gap.strip(" \t"):
            return False
        is_apart = "\n" in gap and ends_a_sentence(self._text, self._tokens[one.first].start)
        return not is_apart and _LINK.fullmatch(gap) is not None


def _is_of_the_trade(name: str, vocabulary: Vocabulary) -> bool:
    concept = vocabulary.concept(name)
    return concept is not None and concept.category not in _NOT_OF_THE_TRADE


def may_stand(text: str, tokens: Sequence[Token], first: int, past: int) -> bool:
    """Whether the signs around leave it a name of its own: not `R&D`, `C.V.`, `asp.NET` or `C'`."""
    start, end = tokens[first].start, tokens[past - 1].end
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == ":" and text[end + 1 : end + 2].isalpha() and text[start:end].islower():
        return False  # The beginning of an address, as in `javascript:alert`.
    if tokens[first].key == ".":
        word = text[tokens[first + 1].start : end] if past > first + 1 else ""
        is_apart = tokens[first + 1].start > start + 1 if word else False
        return not (before.isalnum() or before == "_") and (word.isupper() or not is_apart)
    if end - start > 1:
        return True
    if before in {"&", "'", "\u2019"} or after in {"&", "'", "\u2019"} or before == ".":
        return False
    follows = tokens[past] if past < len(tokens) else None
    return follows is None or follows.start != end or follows.key not in SIGNS
