"""Reading the vocabulary's files; what they mean is said in vocabulary/README.md."""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from portfolio.ai.skills.concepts import Category, Evidence, Rule, Spelling

FOLDER = Path(__file__).parent / "vocabulary"
# A spelling that two files claim belongs to the one that comes first.
FILES = [
    *["language", "framework", "library", "database", "cloud", "devops", "data", "ml", "mobile"],
    *["testing", "security", "protocol", "os", "tool", "method", "design", "field", "business"],
    *["soft", "spoken"],
]


class Entry(NamedTuple):
    """A name with its other spellings."""

    name: str
    category: Category
    aliases: list[str]


class Relations(NamedTuple):
    """How names hang together."""

    implies: dict[str, list[str]]
    part_of: dict[str, str]
    groups: list[list[str]]


class CueWords(NamedTuple):
    """Words that speak for a skill near them, and those that lead up to one."""

    cues: frozenset[str]
    asking: frozenset[str]


class DenialPhrases(NamedTuple):
    """Words by name, phrases of them that deny, and phrases that undo a denial."""

    words: dict[str, list[str]]
    affirming: dict[str, str]
    cues: list[dict[str, Any]]


def read_entries() -> Iterator[Entry]:
    """The names of all files, then the combinations."""
    for file in FILES:
        table = _read(file)
        category = Category(table["category"])
        for name in dict.fromkeys([*table["plain"], *table["aliases"]]):
            yield Entry(name, category, table["aliases"].get(name, []))
    for table in _read("combinations")["combination"]:
        for modifier in table["modifiers"]:
            for head in table["heads"]:
                yield Entry(f"{modifier} {head}".capitalize(), Category(table["category"]), [])


def read_relations() -> Relations:
    table = _read("relations")
    return Relations(table["implies"], table["part_of"], table["alternatives"]["groups"])


@cache
def read_cue_words() -> CueWords:
    table = _read("cues")
    return CueWords(frozenset(table["cues"]), frozenset(table["asking"]))


def read_denial() -> DenialPhrases:
    table = _read("denial")
    return DenialPhrases(table["words"], table["affirming"], table["cue"])


@cache
def vocabulary_version() -> str:
    """Stands for the content of all files."""
    version = hashlib.blake2b(digest_size=8)
    for path in sorted(FOLDER.glob("*.toml")):
        version.update(path.name.encode() + path.read_bytes())
    return version.hexdigest()


def read_rules() -> Iterator[Rule]:
    """One for each ambiguous word."""
    for table in [*_read("ambiguous")["rule"], *_read("everyday")["rule"]]:
        words = table["words"] or _words_of(table["category"])
        for word in words:
            yield Rule(
                Spelling(table["spelled"]),
                word,
                Evidence[table["then"].upper()],
                Evidence[table["otherwise"].upper()],
                frozenset(table.get("cues", [])),
                frozenset(table.get("not_before", [])),
                frozenset(table.get("not_after", [])),
            )


def _words_of(category: str) -> list[str]:
    table = _read(category)
    return [*table["plain"], *table["aliases"], *chain.from_iterable(table["aliases"].values())]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
