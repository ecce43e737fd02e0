"""A portfolio of many chunks, and questions about it that nobody has asked yet."""

import json
import random
from collections.abc import Iterator
from typing import Any

SLUG = "thousand"
TEXTS = 9
"""Of a project; each is a chunk, and the short fields are one more."""
_PLACES = "harbour quarry orchard reservoir tannery observatory sawmill canal dairy foundry".split()  # noqa: SIM905
_THINGS = "pump gauge ledger beacon conveyor turbine sluice kiln crane meter press boiler".split()  # noqa: SIM905
_TOOLS = (
    "Python",
    "PostgreSQL",
    "Redis",
    "Go",
    "Kafka",
    "TypeScript",
    "Rust",
    "Terraform",
    "Elixir",
    "SQLite",
    "Flask",
    "Vue",
)
_DEEDS = (
    "rewrote the control of the {thing} in {tool}, which cut the time to start it to {n} seconds",
    "moved the records of {n} {thing}s into {tool} without a day of standstill",
    "found with {tool} why every {n}th {thing} stopped at night, and repaired it",
    "taught {n} people at the {place} to read what the {thing} tells through {tool}",
    "made the {thing} of the {place} report to {tool} every {n} minutes",
)
_ASKED = (
    "How did the {thing} at the {place} get faster?",
    "Who worked on the {thing} with {tool}?",
    "What was {tool} used for at the {place}?",
    "Was a {thing} ever repaired because of something found at night?",
    "How many people learnt to read the {thing} at the {place}?",
)


def many_chunks(projects: int) -> bytes:
    """A JSON Resume with ten chunks a project; the same at every call."""
    chance = random.Random(7)  # noqa: S311 - nothing is to be kept secret
    content = {
        "basics": {"name": "Wilhelmina Thousand", "label": "Engineer"},
        "projects": [_project(number, chance) for number in range(projects)],
    }
    return json.dumps(content).encode()


def new_questions() -> Iterator[str]:
    """Questions without end, no two alike."""
    chance = random.Random(11)  # noqa: S311 - as above
    number = 0
    while True:
        number += 1
        yield f"{_filled(_ASKED, chance)} I ask about number {number}."


def _project(number: int, chance: random.Random) -> dict[str, Any]:
    texts = [f"She {_filled(_DEEDS, chance)}." for _text in range(TEXTS)]
    return {
        "name": f"{chance.choice(_PLACES).title()} {chance.choice(_THINGS)} number {number}",
        "description": texts[0],
        "highlights": texts[1:],
        "keywords": chance.sample(_TOOLS, 4),
    }


def _filled(wordings: tuple[str, ...], chance: random.Random) -> str:
    return chance.choice(wordings).format(
        thing=chance.choice(_THINGS),
        place=chance.choice(_PLACES),
        tool=chance.choice(_TOOLS),
        n=chance.randrange(2, 90),
    )
