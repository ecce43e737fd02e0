"""Cutting a description into sentences, each with the part that it stands in."""

import re
from collections.abc import Iterator

from portfolio.ai.jobs.asking import asks_for_something, tells_of_elsewhere, tells_of_others
from portfolio.ai.jobs.blocks import Block, cut_blocks
from portfolio.ai.jobs.boilerplate import (
    is_about_the_candidate,
    is_about_the_company,
    is_boilerplate,
)
from portfolio.ai.jobs.headings import ASKING_PARTS, BOILERPLATE, Part, split_inline_heading
from portfolio.ai.jobs.hints import beginnings
from portfolio.ai.jobs.named import NamedPlaces
from portfolio.ai.jobs.orders import goes_on_with_order, is_order

Sentence = Block
_ABBREVIATIONS = "".join(
    rf"(?<!\b{word})"
    for word in [
        "e\\.g",
        "i\\.e",
        "incl",
        "inkl",
        "yrs",
        "yr",
        "min",
        "mind",
        "max",
        "approx",
        "ca",
        "bzw",
    ]
)
_END = re.compile(
    rf"(?<![.\s]\w){_ABBREVIATIONS}[.!?]{{1,5}}[\"')\]]{{0,3}}\s{{1,9}}(?=[\"'(]{{0,3}}[^\W_a-z])"
    # A question that is answered at once goes with its answer.
    r"(?!(?<=\?\s)(?:No|Not|Nope|Never|Gone|We (?:got|do|don't|don\u2019t|never|dropped|left))\b)"
)
_MAY_END = re.compile(r"[.!?][\"')\]]{0,3}\s")
# In a text without capitals, and before a word that begins many sentences.
_SMALL_END = re.compile(
    rf"(?<![.\s]\w){_ABBREVIATIONS}(?<!etc)[.!?]{{1,5}}[\"')\]]{{0,3}}\s{{1,9}}(?=(?:we|you|our|your|the"
    r"|it|this|that|they|there|these|no|if|ideally|pay|please|i|bonus|nice|what|who|wir|du|sie"
    r")\b)"
)
_MAY_GO_ON = re.compile(r"[.!?][\"')\]]{0,3}\s{1,9}[a-z]")
_CAPITAL = re.compile(r"[.!?]\s+[^\W_a-z]")
_ANY_END = re.compile(
    rf"(?<![.\s]\w){_ABBREVIATIONS}(?<!etc)[.!?]{{1,5}}[\"')\]]{{0,3}}\s{{1,9}}(?=[^\W_])"
)
# Where a sentence goes on with somebody else, or with something else to do.
_TURN = re.compile(
    r"(?:[,;]|\s[-\u2013\u2014]|\s(?=and|but)) ?(?:and |but |so |while )?"
    r"(?=(?:we|you|they|there)(?:['\u2019]\w+)?\b(?! (?:know|need) (?:it|that)))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# A whole sentence about a thing, such as `The wall is blue.`
_TELLS = re.compile(
    r"(?:An?|The|Every|Each|Some|There|Our|Their|His|Her|Last|Many|Most|Several|Both|Two|Three"
    r"|On|In|At|Yesterday|Once) [^.]+[.!]$"
)
_BETWEEN_NAMES = frozenset(
    {
        *["and", "or", "und", "oder", "with", "mit", "in", "on", "for", "of", "the", "such", "as"],
        *[
            "every",
            "day",
            "daily",
            "week",
            "weekly",
            "occasionally",
            "sometimes",
            "often",
            "mostly",
        ],
        *["mainly", "regularly", "now", "then", "also", "still", "everywhere", "the", "rest"],
        *["like", "plus", "etc", "eg", "using", "via", "incl", "including", "bzw"],
    }
)
_OF_ITS_OWN = BOILERPLATE | {Part.EXCLUDED}
LONGEST_SENTENCE = 800
"""Longer ones are cut: what is read within a sentence may take its length to the second power."""


def cut_sentences(text: str, named: NamedPlaces) -> list[Sentence]:
    """All that may hold requirements, and what holds none, marked as such by its part."""
    sentences: list[Sentence] = []
    silent: list[int] = []
    is_structured = False
    for block in cut_blocks(text, named):
        is_structured = is_structured or _has_structure(block)
        for sentence in _judge_block(text, block, named):
            if sentence.part not in BOILERPLATE and not _speaks(text, sentence, named):
                silent.append(len(sentences))
            sentences.append(sentence)
    asking = sum(sentence.part not in BOILERPLATE for sentence in sentences) - len(silent)
    if is_structured or asking:
        for index in silent:
            sentences[index] = sentences[index]._replace(part=Part.ASIDE)
    return sentences


def _has_structure(block: Block) -> bool:
    """Whether it shows that the description lists what it asks for."""
    return block.part in ASKING_PARTS or (block.is_bullet and block.part not in BOILERPLATE)


def _judge_block(text: str, block: Block, named: NamedPlaces) -> Iterator[Sentence]:
    """Its sentences; what goes on with an order to a machine belongs to it."""
    is_ordered = False
    for start, end in _turned(text, _cut(text, block, named), block):
        content = text[start:end]
        begun = beginnings(content)
        sentence = _judge(content, block._replace(start=start, end=end), block, begun)
        is_ordered = is_order(content, begun) or (is_ordered and goes_on_with_order(content))
        yield sentence._replace(part=Part.LEGAL) if is_ordered else sentence


def _speaks(text: str, sentence: Sentence, named: NamedPlaces) -> bool:
    """Whether it asks for something by where it stands, by its words, or as a list of names."""
    if sentence.is_bullet or sentence.part is Part.FACTS:
        return True
    content = text[sentence.start : sentence.end]
    if sentence.part in ASKING_PARTS and not sentence.after_list and not _TELLS.match(content):
        return True
    if asks_for_something(content):
        return True
    return _is_list_of_names(text, sentence, named)


def _is_list_of_names(text: str, sentence: Sentence, named: NamedPlaces) -> bool:
    """Whether hardly anything but skills stands in it."""
    skills = named.between(sentence.start, sentence.end)
    if not skills:
        return False
    starts = [sentence.start, *(skill.end for skill in skills)]
    ends = [*(skill.start for skill in skills), max(sentence.end, skills[-1].end)]
    gaps = " ".join(text[start:end] for start, end in zip(starts, ends, strict=True))
    others = [word for word in _WORD.findall(gaps) if word.lower() not in _BETWEEN_NAMES]
    return len(others) <= len(skills) // 2


def _cut(text: str, block: Block, named: NamedPlaces) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; no cut divides the name of a skill."""
    ends: list[int] = []
    if _MAY_END.search(text, block.start, block.end):
        pattern = _ANY_END if _is_small(text, block) else _END
        found = {match.end() for match in pattern.finditer(text, block.start, block.end)}
        if _MAY_GO_ON.search(text, block.start, block.end):
            found |= {match.end() for match in _SMALL_END.finditer(text, block.start, block.end)}
        ends = sorted(found)
    start = block.start
    for end in [*(end for end in ends if not named.is_within(end)), block.end]:
        while end - start > LONGEST_SENTENCE:
            cut = start + LONGEST_SENTENCE
            while named.is_within(cut):
                cut += 1
            yield start, cut
            start = cut
        if start < end:
            yield start, end
        start = max(start, end)


def _is_small(text: str, block: Block) -> bool:
    """Whether its sentences begin with small letters."""
    is_small = text[block.start].islower() and not block.is_bullet
    return is_small and _CAPITAL.search(text, block.start, block.end) is None


def _turned(text: str, spans: Iterator[tuple[int, int]], block: Block) -> Iterator[tuple[int, int]]:
    """Each sentence, cut where it turns from what is asked for to what will be taught."""
    for start, end in spans:
        turns = [] if block.is_bullet or block.part in BOILERPLATE else _turns(text, start, end)
        for turn in turns:
            yield start, turn.start()
            start = turn.end()
        yield start, end


def _turns(text: str, start: int, end: int) -> list[re.Match[str]]:
    turns = list(_TURN.finditer(text, start + 1, end))
    content = text[start:end] if turns else ""
    return turns if turns and tells_of_elsewhere(content, beginnings(content)) else []


def _judge(content: str, sentence: Sentence, block: Block, begun: frozenset[str]) -> Sentence:
    end = sentence.start + len(content.rstrip())
    part = sentence.part
    if sentence.start > block.start:
        inline = split_inline_heading(content)
        part = inline[0] if inline and inline[0] in _OF_ITS_OWN else part
    return sentence._replace(
        end=end, part=_part_of(content, part, begun, is_bullet=sentence.is_bullet)
    )


def _part_of(content: str, part: Part, begun: frozenset[str], *, is_bullet: bool) -> Part:
    """What a sentence says of itself counts more than where it stands."""
    if is_boilerplate(content, begun):
        return Part.LEGAL
    is_listed = is_bullet and part in ASKING_PARTS
    if not is_listed and part not in BOILERPLATE and tells_of_others(content, begun):
        return Part.ASIDE
    if part is Part.OPEN and is_about_the_company(content):
        return Part.COMPANY
    if (
        part is Part.COMPANY
        and is_about_the_candidate(content)
        and not tells_of_others(content, begun)
    ):
        return Part.OPEN
    return part
