"""Cutting a description into paragraphs and bullets, each with the part that it stands in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portfolio.ai.jobs.headings import Part, part_of_heading, split_inline_heading
from portfolio.ai.jobs.named import NamedPlaces

_BULLET = re.compile(
    r"[ \t]*(?:[-*+\u2022\u00b7\u2023\u25aa\u25cf\u25e6\u2013\u2014\u25a0\u2713\u2714\u27a2\uf0b7o]"
    r"(?=[ \t\u00a0])|\(?\d{1,2}[.)](?=[ \t\u00a0])|\u2022)[ \t\u00a0]*"
)
_LONG_LINE = 40
_PARAGRAPH = 60


class Line(NamedTuple):
    """A line without its bullet."""

    start: int
    end: int
    is_bullet: bool


class Block(NamedTuple):
    """A paragraph or a bullet, or a heading with its content behind a colon."""

    start: int
    end: int
    part: Part
    is_bullet: bool


def cut_lines(text: str) -> Iterator[Line]:
    """The lines in order, without bullets and outer blanks; empty ones, too."""
    start = 0
    for raw in text.split("\n"):
        bullet = _BULLET.match(raw)
        offset = bullet.end() if bullet else 0
        content = raw[offset:]
        begin = start + offset + len(content) - len(content.lstrip())
        yield Line(begin, max(begin, start + len(raw.rstrip())), bullet is not None)
        start += len(raw) + 1


def cut_blocks(text: str, named: NamedPlaces) -> Iterator[Block]:
    """The blocks in order; a line that continues the one before is joined to it."""
    block: Block | None = None
    part, seen_bullet, after_blank = Part.OPEN, False, False
    for line in cut_lines(text):
        if line.start == line.end:
            after_blank = True
        elif block and not after_blank and _continues(text, block, line):
            block = block._replace(end=line.end)
        else:
            if block:
                yield block
            if after_blank and seen_bullet and _is_paragraph(line):
                part = Part.OPEN
            part, block = _open(text, line, part, named)
            seen_bullet, after_blank = block is not None and (seen_bullet or line.is_bullet), False
    if block:
        yield block


def _open(text: str, line: Line, part: Part, named: NamedPlaces) -> tuple[Part, Block | None]:
    """What a line begins: a part, a block in the part so far, or both."""
    opened = None if line.is_bullet else _part_opened(text, line.start, line.end, named)
    if opened:
        return opened, None
    inline = split_inline_heading(text[line.start : line.end])
    if inline and (part is Part.OPEN or not line.is_bullet):
        begin = line.start + inline[1]
        if _part_opened(text, line.start, begin, named):
            begin += len(text[begin : line.end]) - len(text[begin : line.end].lstrip())
            block = Block(begin, line.end, inline[0], line.is_bullet)
            return (part if inline[0] is Part.FACTS else inline[0]), block
    return part, Block(line.start, line.end, part, line.is_bullet)


def _part_opened(text: str, start: int, end: int, named: NamedPlaces) -> Part | None:
    """What a heading opens: no heading is a sentence or names a tool."""
    if text[end - 1] == "." or named.has_tool(start, end):
        return None
    return part_of_heading(text[start:end])


def _is_paragraph(line: Line) -> bool:
    """Whether it ends the list before it and belongs to none."""
    return not line.is_bullet and line.end - line.start > _PARAGRAPH


def _continues(text: str, block: Block, line: Line) -> bool:
    last_line = block.end - max(block.start, text.rfind("\n", block.start, block.end))
    return not line.is_bullet and text[line.start].islower() and last_line >= _LONG_LINE
