"""The labelled descriptions: texts with what is to be read from them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "descriptions"


@cache
def labelled_descriptions() -> list[dict[str, Any]]:
    return [
        description
        for path in sorted(FOLDER.glob("*.toml"))
        for description in tomllib.loads(path.read_text(encoding="utf-8"))["description"]
    ]
