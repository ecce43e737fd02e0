"""Statements lose their values, whoever wrote them, and keep what they ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from portfolio.queries.statement import (
    CUT,
    READ_UP_TO,
    TEXT_LIMIT,
    is_single_read,
    name_statement,
    normalise,
)

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
numbers = st.integers(10**6, 10**9) | st.floats(1e6, 1e9, allow_nan=False)


@given(texts.map(lambda value: f"secret{value}"), st.sampled_from(["'{}'", "E'{}'", "N'{}'"]))
def test_no_text_that_was_a_value_is_left(value: str, quoted: str) -> None:
    doubled = value.replace("'", "''")
    written = quoted.format(doubled.replace("\\", "\\\\") if quoted[0] == "E" else doubled)
    text = normalise(f"SELECT a, {written} FROM b WHERE c = {written} ORDER BY d")
    assert text == "SELECT a, $1 FROM b WHERE c = $2 ORDER BY d"


@given(texts)
def test_as_psycopg_quotes_it(value: str) -> None:
    written = sql.SQL("SELECT {} AS one FROM two").format(sql.Literal(value)).as_string()
    assert normalise(written) == "SELECT $1 AS one FROM two"


@given(numbers)
def test_no_number_is_left(number: float) -> None:
    text = normalise(f"SELECT t1.a2 FROM t1 WHERE b = {number} OR b=-{number} LIMIT {number}")
    assert text == "SELECT t1.a2 FROM t1 WHERE b = $1 OR b=-$2 LIMIT $3"


@given(texts.filter(lambda value: "*/" not in value and "/*" not in value))
def test_no_comment_is_left(value: str) -> None:
    line = "".join(value.splitlines())
    written = f"SELECT /* {value} /* {value} */ {value} */ a FROM b -- {line}\nWHERE c = d"
    assert normalise(written) == "SELECT a FROM b WHERE c = d"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("SELECT $$ it's $$, $x$ $$ $x$, a$b$c", "SELECT $1, $2, a$b$c"),
        ("SELECT 0x1F, 1e-5, .5, 1_000, b'1', U&'x'", "SELECT $1, $2, $3, $4, $5, $6"),
        ('SELECT "it\'s 5" FROM "A 1"', 'SELECT "it\'s 5" FROM "A 1"'),
        ("SELECT 'never closed", "SELECT $1"),
        ("SELECT e'a'\n'\\'secret'", "SELECT $1"),
        ("SELECT E'a' -- it's\r\n--\n '\\'secret', 'b'", "SELECT $1, $2"),
        ("SELECT a  \n\t FROM  b ; ", "SELECT a FROM b"),
        ("SELECT a %% 2, %(a)s::UUID, $7", "SELECT a % $1, $2::UUID, $3"),
        ("RELEASE SAVEPOINT sa_savepoint_31", "RELEASE SAVEPOINT sa_savepoint"),
        ("", ""),
    ],
)
def test_what_is_told(written: str, text: str) -> None:
    assert normalise(written) == text


def with_lists(length: int) -> list[str]:
    ids = ", ".join(f"%(id_{n})s::UUID" for n in range(length))
    pairs = ", ".join(f"(%(id_{n})s::UUID, {n})" for n in range(length))
    rows = ", ".join(f"(%(a__{n})s::VARCHAR, lower(%(b__{n})s), {n})" for n in range(length))
    return [
        f"SELECT a FROM b WHERE id IN ({ids}) AND c = %(c)s",
        f"SELECT a FROM b WHERE id = ANY(ARRAY[{ids}])",
        f"SELECT a FROM b WHERE (id, c) IN ({pairs})",
        f"INSERT INTO t (a, b) SELECT p0, p1 FROM (VALUES {rows}) AS s(p0, p1, n) RETURNING t.id",
    ]


@given(st.integers(2, 40))
def test_lists_of_any_length_are_one_statement(length: int) -> None:
    for two, many in zip(with_lists(2), with_lists(length), strict=True):
        assert name_statement(two) == name_statement(many)
        assert normalise(many).count(", …") == 1
    assert normalise(with_lists(1)[0]) == normalise(with_lists(length)[0])


def test_a_long_statement_is_cut_and_costs_no_more() -> None:
    for written in (f"SELECT {'column, ' * 1000} a", f"SELECT a FROM b -- {'x' * READ_UP_TO}"):
        text = normalise(written)
        assert text.endswith(CUT)
        assert len(text) <= TEXT_LIMIT + len(CUT)


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("SELECT 1", True),
        (" with a as (select ';') select * from a; ", True),
        ("/* ; */ SELECT 1 -- ; DROP", True),
        ("SELECT 1; DROP TABLE projects", False),
        ("SELECT 'a'; SELECT 'b'", False),
        ("DELETE FROM projects", False),
        ("EXPLAIN SELECT 1", False),
        ("SELECTION", False),
        ("", False),
    ],
)
def test_what_is_a_single_read(written: str, is_read: bool) -> None:
    assert is_single_read(written) is is_read


def test_only_reading_from_tables_can_be_repeated_needlessly() -> None:
    for written in (
        "SELECT a FROM b",
        "(SELECT a FROM b) UNION SELECT 1",
        "WITH a AS (SELECT b FROM c) SELECT 1",
    ):
        assert name_statement(written).reads_rows, written
    for written in ("SELECT set_config('a', 'b', true)", "INSERT INTO a VALUES (1)", "SAVEPOINT a"):
        assert not name_statement(written).reads_rows, written
