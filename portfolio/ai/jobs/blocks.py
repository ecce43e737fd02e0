"""Cutting a description into paragraphs and bullets, each with the part that it stands in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portfolio.ai.jobs.headings import (
    BOILERPLATE,
    LONGEST_HEADING,
    Part,
    part_of_heading,
    part_of_lead,
    split_inline_heading,
)
from portfolio.ai.jobs.hints import beginnings
from portfolio.ai.jobs.leads import number_asked
from portfolio.ai.jobs.lines import Line, cut_lines
from portfolio.ai.jobs.named import NamedPlaces
from portfolio.ai.jobs.orders import is_order

_SPEAKS_OF_YOU = re.compile(
    r"\b(?:you(?!\W+(?:will |'ll )?(?:get|enjoy|receive|earn|win|learn))|your|skills?|looking"
    r"|candidate|need|must|bring|stack)\b",
    re.IGNORECASE,
)
# What a heading with its content on the same line leaves as it was for the next line.
_OF_ONE_LINE = frozenset({Part.FACTS, Part.EXCLUDED, Part.ASIDE})
_ENDED_BY_HEADINGS = BOILERPLATE | {Part.EXCLUDED}
_LABEL = re.compile(r"[A-Z][\w /&'-]{1,30}:[ \t]*\S")
_LONG_LINE = 40
_PARAGRAPH = 60
_LONGEST_CHOICE = 600


class Block(NamedTuple):
    """A paragraph or a bullet, or a heading with its content behind a colon."""

    start: int
    end: int
    part: Part
    is_bullet: bool
    after_list: bool = False
    """Whether it is no bullet though bullets stand before it in the same part."""


def cut_blocks(text: str, named: NamedPlaces) -> Iterator[Block]:
    """The blocks in order; a line that continues the one before is joined to it."""
    block: Block | None = None
    part, listed, seen_bullet, after_blank = Part.OPEN, Part.OPEN, False, False
    for line, following in _with_following(text):
        if line.start == line.end:
            after_blank = True
        elif block and not after_blank and _continues(text, block, line):
            block = block._replace(end=line.end)
        elif block and _belongs_to_choice(text, block, line, is_apart=after_blank):
            block = block._replace(end=line.end)
            after_blank = False
        else:
            if block:
                yield block
            if after_blank and seen_bullet and _is_paragraph(line):
                listed, part, seen_bullet = part, Part.OPEN, False
            elif line.is_bullet and part is Part.OPEN and block and _is_aside(text, block):
                part = listed
            part, block = _open(text, line, following, part, named)
            if block is None or line.is_bullet:
                listed = part
            if block and seen_bullet and not line.is_bullet:
                block = block._replace(after_list=True)
            seen_bullet, after_blank = block is not None and (seen_bullet or line.is_bullet), False
    if block:
        yield block


def _with_following(text: str) -> Iterator[tuple[Line, Line | None]]:
    """Each line with the next one that is not empty."""
    following: Line | None = None
    pairs: list[tuple[Line, Line | None]] = []
    for line in reversed(list(cut_lines(text))):
        pairs.append((line, following))
        following = line if line.start < line.end else following
    return reversed(pairs)


def _open(
    text: str, line: Line, following: Line | None, part: Part, named: NamedPlaces
) -> tuple[Part, Block | None]:
    """What a line begins: a part, a block in the part so far, or both."""
    if _leads_choice(text, line.start, line.end):
        return part, Block(line.start, line.end, part, line.is_bullet)
    opened = None
    if not line.is_bullet or _may_be_numbered_heading(line, following):
        opened = _part_opened(text, line.start, line.end, named)
    if opened:
        return opened, None
    content = text[line.start : line.end]
    inline = split_inline_heading(content)
    if inline and is_order(content, beginnings(content)):
        return part, Block(line.start, line.end, part, line.is_bullet)
    if inline and (part is Part.OPEN or not line.is_bullet):
        begin = line.start + inline[1]
        if _part_opened(text, line.start, begin, named):
            begin += len(text[begin : line.end]) - len(text[begin : line.end].lstrip())
            block = Block(begin, line.end, inline[0], line.is_bullet)
            if _is_of_its_own(text, block, following):
                return part, block
            if inline[0] is Part.NICE_TO_HAVE and _is_label(text, following):
                return Part.OPEN, block
            return _part_behind(inline[0], part, following), block
    if _ends_part(text, line, following, part) or (part is Part.FACTS and _is_prose(text, line)):
        part = Part.OPEN
    return part, Block(line.start, line.end, part, line.is_bullet)


def _part_behind(opened: Part, part: Part, following: Line | None) -> Part:
    """What goes on below a heading that has its content on its own line."""
    if opened in _OF_ONE_LINE:
        return part
    ends = opened in BOILERPLATE and following is not None and not following.is_bullet
    return Part.OPEN if ends else opened


def _is_of_its_own(text: str, block: Block, following: Line | None) -> bool:
    """Whether it says in a sentence, apart from all else, what is of no part below it."""
    if block.part not in BOILERPLATE or text[block.end - 1] not in ".!" or following is None:
        return False
    return "\n\n" in text[block.end : following.start]


def _is_label(text: str, line: Line | None) -> bool:
    """Whether it begins with a word of its own, as in a table: `Languages: English`."""
    return line is not None and not line.is_bullet and _LABEL.match(text, line.start) is not None


def _is_aside(text: str, block: Block) -> bool:
    """Whether it is a paragraph that leads up to no list."""
    return not block.is_bullet and text[block.end - 1] != ":"


def _may_be_numbered_heading(line: Line, following: Line | None) -> bool:
    """`2. Desirable criteria` above bullets; a numbered line above a numbered one is an item."""
    return line.is_numbered and following is not None and not following.is_numbered


def _ends_part(text: str, line: Line, following: Line | None, part: Part) -> bool:
    """Whether a heading that nobody knows ends what holds no requirement."""
    if line.is_bullet or following is None or not following.is_bullet or text[line.end - 1] in ".!":
        return False
    content = text[line.start : line.end]
    if len(content) > LONGEST_HEADING or part not in _ENDED_BY_HEADINGS:
        return False
    return part is Part.COMPANY or _SPEAKS_OF_YOU.search(content) is not None


def _part_opened(text: str, start: int, end: int, named: NamedPlaces) -> Part | None:
    """What a heading opens: no heading is a sentence or names a tool."""
    if text[end - 1] == "." or named.has_tool(start, end):
        return None
    return part_of_heading(text[start:end]) or part_of_lead(text[start:end])


def _is_paragraph(line: Line) -> bool:
    """Whether it ends the list before it and belongs to none."""
    return not line.is_bullet and line.end - line.start > _PARAGRAPH


def _is_prose(text: str, line: Line) -> bool:
    """Whether it is a sentence and no fact."""
    return line.end - line.start > _PARAGRAPH or text[line.end - 1] in ".!?"


def _leads_choice(text: str, start: int, end: int) -> bool:
    """`At least two of the following:`"""
    return (
        text[end - 1] == ":" and number_asked(text[max(start, end - _PARAGRAPH) : end]) is not None
    )


def _belongs_to_choice(text: str, block: Block, line: Line, *, is_apart: bool) -> bool:
    """Whether it is one of the bullets that a line such as `one of the following:` leads to."""
    if not line.is_bullet or line.end - block.start > _LONGEST_CHOICE:
        return False
    if "\n" not in text[block.end : line.start]:
        return False
    lead = text.find("\n", block.start, block.end)
    if not _leads_choice(text, block.start, lead if lead >= 0 else block.end):
        return False
    if block.is_bullet and _indent(text, line.start) <= _indent(text, block.start):
        return False
    return lead < 0 or not is_apart


def _indent(text: str, place: int) -> int:
    first = text.rfind("\n", 0, place) + 1
    return len(text[first:place]) - len(text[first:place].lstrip())


def _continues(text: str, block: Block, line: Line) -> bool:
    last_line = block.end - max(block.start, text.rfind("\n", block.start, block.end))
    return not line.is_bullet and text[line.start].islower() and last_line >= _LONG_LINE
