"""What a statement is called: its text without values, and a short id made of that.

Nothing that was a value is in it, whoever wrote the statement: literals become parameters, comments
go, lists of parameters shrink to one. What is left can be planned again.
"""

import hashlib
import re
from dataclasses import dataclass

READ_UP_TO = 20_000
"""Characters of a statement that are looked at."""
TEXT_LIMIT = 5_000
"""Characters of a text that are kept; a longer one ends in `CUT` and cannot be planned again."""
CUT = " …"

_VALUE = "\0"
# Names need no token of their own: what may begin within one is told by what stands before it.
_TOKEN = re.compile(
    r"""
    (?P<line>--[^\n]*)
    | (?P<block>/\*)
    | (?P<value>
        (?<![\w$])[eE]'(?:[^'\\]|''|\\.)*(?:'|\\?\Z)
            (?:(?:[^\S\r\n]|--[^\r\n]*)*[\r\n](?:\s|--[^\r\n]*[\r\n])*'(?:[^'\\]|''|\\.)*(?:'|\\?\Z))*
        | (?:(?<![\w$])(?:[bBxXnN]|[uU]&))?'(?:[^']|'')*(?:'|\Z)
        | (?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?(?:\$(?P=tag)\$|\Z)
        | (?<![\w$])(?:\d|\.\d)(?:[eE][+-]\d|[\w.])*
        | %\(\w+\)s | %s | \$\d+
      )
    | (?P<name>"(?:[^"]|"")*(?:"|\Z))
    | (?P<space>\s{2,}|[^\S ])
    | (?P<percent>%%)
    """,
    re.DOTALL | re.VERBOSE,
)
_STAND_INS = {"value": _VALUE, "percent": "%", "line": " ", "block": " ", "space": " "}
_BLOCK_EDGE = re.compile(r"/\*|\*/")
_CAST = r"(?:::[A-Za-z][\w ]*(?:\[\])?)?"
_ITEM = rf"{_VALUE}{_CAST}"
_ITEM = rf"{_ITEM}|\({_ITEM}(?:, ?{_ITEM})*\)"
_LIST = re.compile(rf"(\bIN \(|\bARRAY\[)({_ITEM})(?:, ?\2)*(?=[)\]])", re.IGNORECASE)
_ROWS = re.compile(
    r"\bVALUES (\([^()]*(?:\([^()]*\)[^()]*)*\))(?:, ?\1)+(?:, ?\([^()]*\Z)?", re.IGNORECASE
)
_SAVEPOINT = re.compile(r"\bsa_savepoint_\d+")
_READ = re.compile(r"\(*(?:SELECT|WITH)\b.*\bFROM\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement without its values.

    Attributes:
        id: of the text; the same in every process.
        reads_rows: whether it reads from a table, so that repeating it may be avoidable.
    """

    id: str
    text: str
    reads_rows: bool


def name_statement(sql: str) -> Statement:
    """The statement that a driver was given, in PostgreSQL's own or in Python's placeholders."""
    text = normalise(sql)
    number = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return Statement(number, text, bool(_READ.match(text)))


def normalise(sql: str) -> str:
    """The text without values: `$1`, `$2` and so on stand in for them."""
    text = _bare(sql[:READ_UP_TO].replace(_VALUE, "")).rstrip("; ")
    text = _SAVEPOINT.sub("sa_savepoint", text)
    text = _LIST.sub(r"\1\2 /* , … */", text)
    text = _ROWS.sub(r"VALUES \1 /* , … */", text)
    numbered, *rest = text.split(_VALUE)
    for number, piece in enumerate(rest, 1):
        numbered += f"${number}{piece}"
    if len(numbered) > TEXT_LIMIT or len(sql) > READ_UP_TO:
        return numbered[:TEXT_LIMIT] + CUT
    return numbered


def is_single_read(sql: str) -> bool:
    """Whether this is one statement that begins with SELECT or WITH."""
    bare = _bare(sql)
    begins = re.match(r"(?:SELECT|WITH)\b", bare, re.IGNORECASE)
    return begins is not None and ";" not in bare.rstrip("; ")


def _bare(sql: str) -> str:
    """The text with `_VALUE` for each value, without comments, with single spaces."""
    pieces: list[str] = []
    position = 0
    while token := _TOKEN.search(sql, position):
        pieces.append(sql[position : token.start()])
        kind = "value" if token["value"] is not None else str(token.lastgroup)
        position = _end_of_block(sql, token.end()) if kind == "block" else token.end()
        pieces.append(_STAND_INS.get(kind) or token[0])
    pieces.append(sql[position:])
    return re.sub(" {2,}", " ", "".join(pieces)).strip()


def _end_of_block(sql: str, position: int) -> int:
    """Where a comment ends; PostgreSQL's may hold others."""
    depth = 1
    while depth:
        edge = _BLOCK_EDGE.search(sql, position)
        if edge is None:
            return len(sql)
        depth += 1 if edge[0] == "/*" else -1
        position = edge.end()
    return position
