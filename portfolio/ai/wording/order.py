"""Whether a sentence goes through a statement from left to right, leaving out only whole phrases.

So each number, date, name and skill keeps the words that it belongs to, and each preposition what
it leads to. Nothing is moved, but for the one thing that was done: "the service was built".
"""

from functools import lru_cache
from itertools import pairwise

from portfolio.ai.lexical import stem
from portfolio.ai.wording.plain_words import (
    ALIKE,
    BEARING,
    DEEDS,
    DIVIDING,
    JOINING,
    LEADING,
    MEASURING,
    PREPOSITIONS,
    ROLES,
    SPEAKERS,
    TURNING,
)
from portfolio.ai.wording.tokens import Kind, Token, read_tokens

_OF_A_NUMBER = frozenset("$\u20ac\u00a3%+")
_ENDS = frozenset(".;")
_LONGEST = 400
"""Tokens of a text; nothing is said of what is longer."""


def follows(sentence: str, statement: str) -> bool:
    """Whether the sentence says what the statement says, in its order; both in normal form."""
    said, given = read_tokens(sentence.rstrip(".!")), list(_tokens_of(statement))
    if max(len(said), len(given)) > _LONGEST:
        return False
    path = _Path(given)
    return any(path.leads(tokens, subject) for tokens, subject in _readings(said))


def _readings(said: list[Token]) -> list[tuple[list[Token], str]]:
    """The sentence without its subject, if that is a pronoun; or as what was done, done."""
    if said and said[0].word == "there":
        said = said[1:]
    bare = [token for token in said if token.kind is not Kind.SKIPPED]
    if said and said[0].key in ("person", "it"):
        return [(bare[1:], said[0].key)]
    readings = [(bare, "")]
    for place, token in enumerate(said[:-1]):
        if place and token.word in ("was", "were"):
            deed, *rest = said[place + 1 :]
            bare = [one for one in [deed, *said[:place], *rest] if one.kind is not Kind.SKIPPED]
            return [*readings, (bare, "person")]
    return readings


class _Path:
    """The ways through one statement."""

    def __init__(self, given: list[Token]) -> None:
        self._given = given
        self._turns = any(
            token.key in TURNING or token.word.rstrip("ds") in TURNING for token in given
        )

    def leads(self, said: list[Token], subject: str) -> bool:
        """Whether one of them says this."""
        if not said:
            return False
        for place in range(len(self._given)):
            if self._may_start(place, said[0], subject) and self._goes_on(said, place):
                return True
        while said and subject == "person" and said[0].key in BEARING:
            said = said[1:]
            if said and self._starts_as_noun(said):
                return True
        return False

    def _may_start(self, place: int, first: Token, subject: str) -> bool:
        before = [token for token in self._given[:place] if token.kind is not Kind.SKIPPED]
        if subject == "person" and before and before[-1].key == "person":
            # Whom "they" means in the midst of a statement is not known.
            if before[-1].word in SPEAKERS or (len(before) == 1 and before[-1].word != "they"):
                before.pop()
        elif subject == "it" and before and before[-1].key == "it":
            before.pop()
        if not before or before[-1].key in _ENDS:
            return True
        if subject != "person":
            return not subject and before[-1].word == "because"
        return before[-1].word == "and" and self._continues(before, self._given[place], first)

    def _continues(self, before: list[Token], verb: Token, first: Token) -> bool:
        """Whether the clause before this "and" is about the person, and this word goes on so."""
        ends = [place for place, token in enumerate(before) if token.key in _ENDS]
        clause = before[ends[-1] + 1 if ends else 0 :]
        return (
            verb.kind is Kind.WORD
            and (verb.word == first.word or verb.word.endswith("ed"))
            and (clause[0].key == "person" or _is_deed(clause[0]))
            and all(_is_deed(two) or two.kind is not Kind.WORD for two in _after_and(clause))
            and not any(token.word in DIVIDING - {"without"} for token in clause)
            and not any(token.key in {"person", ":", '"'} for token in clause[1:])
            and sum((token.key == "(") - (token.key == ")") for token in clause) == 0
        )

    def _starts_as_noun(self, said: list[Token]) -> bool:
        """As "worked at Norlund" of "Engineer at Norlund"; or "used Go" of "years of Go"."""
        for place, token in enumerate(self._given):
            before = [one for one in self._given[:place] if one.kind is not Kind.SKIPPED]
            is_role = len(before) == place <= 4 and place and before[-1].word in ROLES
            is_measure = bool(before) and all(
                one.kind is Kind.NUMBER or one.key in MEASURING for one in before
            )
            if is_role and not any(_is_deed(one) or one.word in PREPOSITIONS for one in before):
                fits = token.word in PREPOSITIONS
            else:
                fits = is_measure and token.kind is Kind.SKILL
            if fits and self._goes_on(said, place):
                return True
        return False

    def _goes_on(self, said: list[Token], start: int) -> bool:
        seen: set[tuple[int, int]] = set()
        waiting = [(0, start)]
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            done, place = state
            if done == len(said):
                if self._is_whole(said[-1], place):
                    return True
                continue
            waiting += self._steps(said, done, place, may_leave_out=place != start)
        return False

    def _steps(
        self, said: list[Token], done: int, place: int, *, may_leave_out: bool
    ) -> list[tuple[int, int]]:
        token = said[done]
        steps = []
        if token.key == "," and may_leave_out and _leads_on(said[done + 1 : done + 2]):
            steps.append((done + 1, place))
        if token.key == stem("experience") and may_leave_out:
            steps.append((done + 1, place))
        following = place
        while following < len(self._given) and self._given[following].kind is Kind.SKIPPED:
            following += 1
        if following < len(self._given) and self._is_same(said, done, following):
            steps.append((done + 1, following + 1))
        if may_leave_out and self._is_whole(said[done - 1], place):
            steps += [
                (done + 1, later + 1)
                for later in range(place + 1, min(len(self._given), place + 60))
                if self._is_same(said, done, later)
                and self._may_be_left_out(self._given[place:later], token)
            ]
        return steps

    def _is_same(self, said: list[Token], done: int, place: int) -> bool:
        one, other = said[done], self._given[place]
        if one.kind is Kind.SKIPPED or other.kind is Kind.SKIPPED:
            return False
        if other.key in ("person", "owner") and one.key == other.key:
            return other.word in SPEAKERS or one.word == other.word
        if one.key == other.key or (one.word and one.word == other.word):
            return True
        if other.kind is Kind.DATE and one.kind in (Kind.DATE, Kind.NUMBER):
            return other.key.startswith(f"{one.key.removesuffix('-0')}-")
        if one.word in ALIKE and other.word in ALIKE and not self._turns:
            following = said[done + 1 : done + 2]
            return bool(following) and following[0].kind is Kind.SKILL
        return one.word == "and" and other.key == "," and _leads_on(said[done + 1 : done + 2])

    def _is_whole(self, last: Token, place: int) -> bool:
        """Whether a phrase may end behind this token and before this place."""
        if place >= len(self._given):
            return True
        if last.word in PREPOSITIONS | JOINING | {"of"}:
            return False
        following = self._given[place]
        if last.kind is Kind.NUMBER and self._counts_on(place):
            return False
        return (
            (following.kind is Kind.MARK and following.key not in "-%/&'+")
            or following.word in PREPOSITIONS | JOINING | DIVIDING | LEADING | {"of"}
            or (following.kind is Kind.SKIPPED and following.word in ("a", "an", "the"))
            or following.key == "owner"
        )

    def _counts_on(self, place: int) -> bool:
        """Whether a number goes on here: "three of", "four and a half", "one or two"."""
        following = [
            token for token in self._given[place : place + 3] if token.kind is not Kind.SKIPPED
        ]
        return following[0].word in ("of", "or") or (
            following[0].word == "and" and [one.kind for one in following[1:2]] == [Kind.NUMBER]
        )

    def _may_be_left_out(self, gap: list[Token], resumed: Token) -> bool:
        if any(token.word in DIVIDING for token in gap):
            return False
        is_phrase_next = resumed.word in PREPOSITIONS
        if all(token.kind is Kind.SKILL or token.key in {",", *JOINING} for token in gap):
            is_list = not (is_phrase_next and any(token.key == "," for token in gap[:-1]))
            return is_list and (is_phrase_next or resumed.kind is Kind.SKILL)
        inner = gap[:-1] if gap[-1].key == "," else gap
        return is_phrase_next and not any(
            token.key == resumed.key
            or token.word in JOINING
            or (token.kind is Kind.MARK and token.key not in _OF_A_NUMBER)
            for token in inner
        )


def _is_deed(token: Token) -> bool:
    return token.kind is Kind.WORD and (token.word.endswith("ed") or token.word in DEEDS)


def _after_and(clause: list[Token]) -> list[Token]:
    return [two for one, two in pairwise(clause) if one.word == "and"]


def _leads_on(following: list[Token]) -> bool:
    return bool(following) and (
        following[0].kind is Kind.SKILL or following[0].word in PREPOSITIONS | JOINING
    )


@lru_cache(maxsize=64)
def _tokens_of(statement: str) -> tuple[Token, ...]:
    return tuple(read_tokens(statement.rstrip(".")))
