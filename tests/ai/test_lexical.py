"""Words are matched in all their forms, and each knows its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.ai.lexical import find_words, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("database", "Databases"),
        ("cache", "caching"),
        ("cached", "caches"),
        ("library", "libraries"),
        ("running", "runs"),
        ("Zürich", "ZURICH"),
        ("résumé", "resume"),
        ("deploy", "deployed"),
    ],
)
def test_forms_of_a_word_match(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(("one", "other"), [("C++", "C"), ("C#", "C"), ("Go", "Golang")])
def test_languages_are_told_apart(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_words_without_meaning_are_left_out() -> None:
    assert stems("What did you do with it?") == []


@given(st.text(max_size=80))
def test_every_word_stands_where_it_says(text: str) -> None:
    words = find_words(text)
    places = [edge for word in words for edge in (word.start, word.end)]
    assert places == sorted(places)
    assert all(stems(text[word.start : word.end]) == [word.stem] for word in words)
