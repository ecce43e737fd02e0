"""Sentences are found where people see them, and nothing between them is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.ai.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It fell from 2.6 s to 38 ms. 41 remain.", ["It fell from 2.6 s to 38 ms.", "41 remain."]),
        ("Used Node.js and e.g. Redis. Fast.", ["Used Node.js and e.g. Redis.", "Fast."]),
        ("With Dr. A. Smith at Acme Inc. Bristol.", ["With Dr. A. Smith at Acme Inc. Bristol."]),
        ("He said “done.” Then left.", ["He said “done.”", "Then left."]),
        ("Really? yes. Wait… Now", ["Really?", "yes.", "Wait…", "Now"]),
        ("- one\n- two\n\nthree", ["- one", "- two", "three"]),
        ("\u65e5\u672c\u3002\u6771\u4eac\u3002", ["\u65e5\u672c\u3002", "\u6771\u4eac\u3002"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_people_see_it(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(st.sampled_from("aB1 .!?…\n\t'\")(e.g\u3002"), max_size=60) | st.text(max_size=60))
def test_sentences_are_in_order_and_hold_all_that_is_not_blank(text: str) -> None:
    bounds = split_sentences(text)
    edges = [edge for pair in bounds for edge in pair]
    assert edges == sorted(edges)
    assert all(part == part.strip() != "" for part in sentences(text))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
