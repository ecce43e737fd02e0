"""Cleaning a pasted or extracted description before it is stored; offsets count in the result."""

import re

from portfolio.ai.jobs.markup import text_of_html
from portfolio.schemas.text import clean_text

_BLANK_LINES = re.compile(r"\n{3,}")


def clean_description(text: str) -> str:
    """As all long text, without tags and blanks at line ends, and one empty line in a row."""
    lines = clean_text(text_of_html(clean_text(text))).split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip()
