"""The labelled descriptions: texts with what is to be read from them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from portfolio.ai.jobs.cleaning import clean_description

FOLDER = Path(__file__).parent / "descriptions"


@cache
def labelled_descriptions() -> list[dict[str, Any]]:
    """All of them, their texts as they would be stored."""
    return [
        description | {"text": clean_description(description["text"])}
        for path in sorted(FOLDER.glob("*.toml"))
        for description in tomllib.loads(path.read_text(encoding="utf-8"))["description"]
    ]
