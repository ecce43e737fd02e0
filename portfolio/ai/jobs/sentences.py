"""Cutting a description into sentences, each with the part that it stands in."""

import re
from collections.abc import Iterator

from portfolio.ai.jobs.blocks import Block, cut_blocks
from portfolio.ai.jobs.boilerplate import (
    is_about_the_candidate,
    is_about_the_company,
    is_boilerplate,
)
from portfolio.ai.jobs.headings import Part
from portfolio.ai.jobs.named import NamedPlaces

Sentence = Block
_END = re.compile(
    r"(?<![.\s]\w)(?<!\be\.g)(?<!\bi\.e)(?<!\bincl)[.!?]{1,5}[\"')\]]{0,3}\s{1,9}(?=[\"'(]{0,3}[^\W_a-z])"
)
LONGEST_SENTENCE = 800
"""Longer ones are cut: what is read within a sentence may take its length to the second power."""


def cut_sentences(text: str, named: NamedPlaces) -> list[Sentence]:
    """All that may hold requirements, and the boilerplate, marked as such by its part."""
    return [
        _judge(text, block._replace(start=start, end=end))
        for block in cut_blocks(text, named)
        for start, end in _cut(text, block, named)
    ]


def _cut(text: str, block: Block, named: NamedPlaces) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; no cut divides the name of a skill."""
    ends = [match.end() for match in _END.finditer(text, block.start, block.end)]
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


def _judge(text: str, sentence: Sentence) -> Sentence:
    content = text[sentence.start : sentence.end]
    end = sentence.start + len(content.rstrip())
    return sentence._replace(end=end, part=_part_of(content, sentence.part))


def _part_of(content: str, part: Part) -> Part:
    """What a sentence says of itself counts more than where it stands."""
    if is_boilerplate(content):
        return Part.LEGAL
    if part is Part.OPEN and is_about_the_company(content):
        return Part.COMPANY
    if part is Part.COMPANY and is_about_the_candidate(content):
        return Part.OPEN
    return part
