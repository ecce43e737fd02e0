"""Which skills years are of. Years that could be of several things are of none."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from portfolio.ai.jobs.amounts import Mention
from portfolio.ai.jobs.description import Level
from portfolio.ai.jobs.links import Link, link_of
from portfolio.ai.skills.concepts import Skill

_LEAST = (
    r"(?:(?:at least|a minimum of|with a minimum of|with|minimum|min\.?|over|more than|about|around"
    r"|approx\.?|mindestens|mind\.?|used|need|needs|required|[~>\u2265]=?)\s?){0,3}"
)
_WORDS = r"(?:\s(?!(?:and|or|und|oder|with|plus|mit|but|in|of|for|seit|over|since)\b)[\w/-]+){0,2}"
_DECORATION = r"[\s*_`\"'\u201c\u201d)]*"
_VERSION = r"(?:\s?[v.]?\d{1,4}(?:\.[\dx]{1,3}){0,3}\+?)?"
_BESIDE = re.compile(
    rf"{_VERSION}{_DECORATION}{_WORDS}\s?(?P<sign>[:|\u2013\u2014=-]|,)?\s*{_LEAST}", re.IGNORECASE
)
_FOR_YEARS = re.compile(
    rf"{_VERSION}(?:\s(?!(?:and|but|und|looking|searching|asking|hiring|or)\b)[\w'\u2019/-]+){{0,7}}?"
    rf"\s(?:for|over|since|during|seit|f\u00fcr)\s{_LEAST}",
    re.IGNORECASE,
)
_ASIDE_BEFORE = re.compile(r"\s?\([^()]*\)[^\w(]{0,3}$")
_KNOWING = (
    r"(?:knowledge|understanding|familiarity|skills?|command|proficien\w+|ability|degree|grasp"
    r"|kenntnisse|you|we)"
)
_TOWARDS = re.compile(
    r"(?:['\u2019]|(?<=rs)\.)?(?!\s*(?:and|or|but|und|oder|plus|then)\b)"
    r"(?:[^;:.()\d,]{0,40},[^;:.()\d,]{0,30}\bexperience\b)?"
    rf"(?:(?!\b(?:and|or|plus|but|as well as|as an?) (?:\w+ ){{0,2}}?(?:{_KNOWING})\b"
    r"|\bexperience (?:and|or|plus|as well as)\b|\band an?\b)"
    r"[^;:.()\d,|]){0,80}"
    r"(?:\b(?:with|in|of|following|using):\s*[\s*_`-]*)?",
    re.IGNORECASE,
)
_AS_A_ROLE = re.compile(
    r"\s(?:as|als) (?:an? )?(?:[\w/-]+ ){0,4}?(?:engineer|developer|programmer|scientist|analyst"
    r"|manager|administrator|architect|designer|nurse|teacher|electrician)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\b(?:of|in|with|using|mit|von|on|experience|erfahrung|working)\b|^['\u2019]", re.IGNORECASE
)
_DIRECTLY = re.compile(r"\s(?:of|in|with)\s", re.IGNORECASE)
_EACH = re.compile(
    r"\s?(?:of experience )?(?:with |of |in )?(?:each|jeweils|apiece|respectively)\b", re.IGNORECASE
)
_BEHIND_BRACKET = re.compile(
    r"\)\s?(?:with|in|of|mit|using|on|experience)\s[^;.,()\d]{0,40}", re.IGNORECASE
)
# Behind a list and a comma these are years of all work.
_OF_EXPERIENCE = re.compile(
    r"['\u2019]?\s?(?:of )?(?:[\w-]+ ){0,2}(?:experience|work)\W*(?:$|\n|required)", re.IGNORECASE
)
_NEWS = re.compile(
    r"\b(?:experience|knowledge|familiarity|proficiency|expertise|skills?|understanding)\b",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(rf"\(\s?{_LEAST}", re.IGNORECASE)


class _Claim(NamedTuple):
    """What years are directly beside of; on which side, and whether they hold for a whole list."""

    skill: int
    is_forward: bool
    is_list: bool
    is_each: bool = False


class _Sentence(NamedTuple):
    text: str
    start: int
    end: int
    skills: Sequence[Skill]
    levels: Sequence[Level | None]
    choices: Sequence[range]

    def linked(self, i: int) -> Link | None:
        """How the skill is listed with the next one, if both are wanted alike."""
        if not 0 <= i < len(self.skills) - 1 or self.levels[i] != self.levels[i + 1]:
            return None
        return link_of(self.text, self.skills[i], self.skills[i + 1])


def find_owners(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    skills: Sequence[Skill],
    levels: Sequence[Level | None],
    choices: Sequence[range],
) -> list[list[int]]:
    """For each mention of years the skills that they are of, as indices; empty for none."""
    sentence = _Sentence(text, start, end, skills, levels, choices)
    claims: list[_Claim | None] = []
    bounds = [start, *(m.end for m in mentions)]
    nexts = [*(m.start for m in mentions[1:]), end]
    for mention, floor, ceiling in zip(mentions, bounds, nexts, strict=False):
        claimed = {claim.skill for claim in claims if claim}
        claims.append(_claim(sentence, mention, floor, ceiling, claimed))
    direct = {claim.skill for claim in claims if claim}
    return [_spread(sentence, claim, direct - {claim.skill}) if claim else [] for claim in claims]


def _claim(
    sentence: _Sentence, mention: Mention, floor: int, ceiling: int, claimed: set[int]
) -> _Claim | None:
    text, skills = sentence.text, sentence.skills
    opening = text.rfind("(", sentence.start, mention.start)
    if opening >= 0 and text.find(")", opening, mention.start) < 0:
        closing = text.find(")", mention.end, sentence.end)
        closing = closing if closing >= 0 else sentence.end
        if not any(opening < skill.start < closing for skill in skills):
            return _claim_around(sentence, mention, opening, closing, ceiling)
        floor, ceiling = max(floor, opening + 1), min(ceiling, closing)
    behind = _behind(sentence, mention, floor, claimed)
    ahead = _ahead(sentence, mention, ceiling)
    return _choose(sentence, mention, behind, ahead)


def _choose(
    sentence: _Sentence, mention: Mention, behind: int | None, ahead: int | None
) -> _Claim | None:
    """Of the skill before and the one after, what the words between point at."""
    text, skills = sentence.text, sentence.skills
    is_each = _EACH.match(text, mention.end) is not None
    forward = _Claim(ahead, True, True) if ahead is not None else None
    gap = text[mention.end : skills[ahead].start] if ahead is not None else ""
    joins, directly = _JOINS.search(gap) is not None, _DIRECTLY.fullmatch(gap) is not None
    if forward and not joins:
        forward = forward._replace(is_list=False)
    if behind is None:
        return forward
    back = _without_aside(text[skills[behind].end : mention.start])
    beside = _BESIDE.fullmatch(back)
    if _FOR_YEARS.fullmatch(back):
        return forward if directly else _Claim(behind, False, True)
    if beside is None:
        return forward
    is_behind_list = beside["sign"] == "," and sentence.linked(behind - 1) and not is_each
    if is_behind_list and _OF_EXPERIENCE.match(text, mention.end):
        return forward
    backward = _Claim(behind, False, is_each, is_each)
    if forward is None or (not joins and beside["sign"] != ","):
        return backward
    if joins and not directly and beside["sign"] in {":", "-", "\u2013", "\u2014", "|", "="}:
        return backward
    return forward


def _claim_around(
    sentence: _Sentence, mention: Mention, opening: int, closing: int, ceiling: int
) -> _Claim | None:
    """Years alone in brackets: of what stands right before them, else of what follows."""
    text, skills = sentence.text, sentence.skills
    before = [i for i, skill in enumerate(skills) if skill.end <= opening]
    if before and re.fullmatch(rf"[\s*_`]*{_WORDS}\s*", text[skills[before[-1]].end : opening]):
        is_each = _EACH.match(text, mention.end) is not None
        return _Claim(before[-1], False, is_each, is_each)
    after = [i for i, skill in enumerate(skills) if closing < skill.start < ceiling]
    if after and _BEHIND_BRACKET.fullmatch(text, closing, skills[after[0]].start):
        return _Claim(after[0], True, True)
    return None


def _behind(sentence: _Sentence, mention: Mention, floor: int, claimed: set[int]) -> int | None:
    """The last skill before the years, or the one before a bracket that ends there."""
    text, skills = sentence.text, sentence.skills
    before = [i for i, skill in enumerate(skills) if floor <= skill.start <= mention.start]
    aside = _ASIDE_BEFORE.search(text, floor, mention.start)
    if aside:
        outside = [i for i in before if skills[i].end <= aside.start()]
        if outside and not text[skills[outside[-1]].end : aside.start()].strip():
            before = outside
    if not before or before[-1] in claimed:
        return None
    return before[-1]


def _ahead(sentence: _Sentence, mention: Mention, ceiling: int) -> int | None:
    """The first skill after the years, if the words between lead to it."""
    text, skills = sentence.text, sentence.skills
    after = [i for i, skill in enumerate(skills) if mention.end <= skill.start < ceiling]
    if not after or not _TOWARDS.fullmatch(text, mention.end, skills[after[0]].start):
        return None
    if _AS_A_ROLE.match(text, mention.end, skills[after[0]].start):
        return None
    return after[0]


def _without_aside(gap: str) -> str:
    return re.sub(r"\s?\([^()]*\)", "", gap)


def _spread(sentence: _Sentence, claim: _Claim, others: set[int]) -> list[int]:
    """The skills that are listed with the one beside the years; never one with years of its own."""
    members = {claim.skill}
    step = 1 if claim.is_forward else -1
    if claim.is_list:
        members |= set(_run(sentence, claim, others, step))
    elif claim.is_forward:
        run = _run(sentence, claim, others, step)
        links = {sentence.linked(i) for i, _next in pairwise(sorted({claim.skill, *run}))}
        members |= set(run) if links & {Link.AND, Link.OR} else set()
    for choice in sentence.choices:
        is_inner = not claim.is_forward and claim.skill != choice[-1]
        if claim.skill in choice and not is_inner and not others.intersection(choice):
            members |= set(choice)
    return sorted(members)


def _run(sentence: _Sentence, claim: _Claim, others: set[int], step: int) -> list[int]:
    run: list[int] = []
    i = claim.skill
    if step < 0 and not claim.is_each and sentence.linked(i - 1) not in {Link.AND, Link.OR}:
        return run
    while sentence.linked(min(i, i + step)) and i + step not in others:
        one, other = sentence.skills[min(i, i + step)], sentence.skills[max(i, i + step)]
        if _NEWS.search(sentence.text, one.end, other.start):
            break
        i += step
        run.append(i)
    return run
