"""What is wrong with JSON text that its grammar allows, or nearly, each thing with its place."""

import json
import re
import sys
from collections.abc import Iterator
from itertools import islice

_TOKEN = re.compile(
    r'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|([{\[])|([}\]])|(-?Infinity|NaN)|(-?\d+)(?![\d.eE])'
)
_TOLD = 10
_LONGEST_NAME = 80


def describe_oddities(text: str, levels: int) -> str:
    """The members that come twice, numbers that are none, and what is nested too deeply.

    Args:
        levels: of objects and arrays that may stand in each other.
    """
    found = list(islice(_oddities(text, levels), _TOLD + 1))
    more = ["There is more of the kind."] if len(found) > _TOLD else []
    return " ".join(found[:_TOLD] + more)


def _oddities(text: str, levels: int) -> Iterator[str]:
    members: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        string, is_name, opens, closes, constant, digits = token.groups()
        if opens:
            members.append(set())
            if len(members) > levels:
                where = f"more than {levels} levels at {_place(token)}"
                yield f"The text is nested too deeply: {where}."
                return
        elif closes and members:
            members.pop()
        elif is_name and members:
            name = _name(string)
            if name in members[-1]:
                told = json.dumps(name[:_LONGEST_NAME])
                yield f"An object names the member {told} more than once, at {_place(token)}."
            members[-1].add(name)
        elif constant:
            yield f"The text is not JSON: there is no number {constant}, at {_place(token)}."
        elif digits and len(digits) > sys.get_int_max_str_digits():
            yield f"The text holds a number with too many digits at {_place(token)}."


def _name(string: str) -> str:
    try:
        return str(json.loads(string, strict=False))
    except ValueError:  # what is behind the first oddity may be no JSON at all
        return string


def _place(token: re.Match[str]) -> str:
    """Where in the text it is, as editors count."""
    text, position = token.string, token.start()
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - text.rfind(chr(10), 0, position)}"
