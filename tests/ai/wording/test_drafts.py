"""Sentences and their numbers, out of pieces of any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.ai.wording.drafts import LONGEST, Draft, DraftReader


def read(text: str, size: int = 10_000) -> list[Draft]:
    reader = DraftReader()
    drafts = []
    for start in range(0, len(text), size):
        drafts += reader.feed(text[start : start + size])
    return drafts + reader.finish()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They use Go [1]. They use C++ [2].", [("They use Go.", 1), ("They use C++.", 2)]),
        ("They use Go. [1] They sail. [2]", [("They use Go.", 1), ("They sail.", 2)]),
        ("They use Go.[1][3]\nThey sail [2, 3].", [("They use Go.", 1, 3), ("They sail.", 2, 3)]),
        ("- **Go** since 2019 [1]\n- `C` [2]\n", [("Go since 2019", 1), ("C", 2)]),
        ("They use Node.js 3.5, e.g. Go [4]!", [("They use Node.js 3.5, e.g. Go!", 4)]),
        ("They use Go\u30101\u3011.", [("They use Go.", 1)]),
        ("They use Go [1] and C [2].", [("They use Go and C.", 1, 2)]),
        ("<think>Go [1]. Hm.</think>They sail [2].", [("They sail.", 2)]),
        ("<think>Go [1]. Never ends", []),
        ("No number. [x] They sail [0].", [("No number. [x] They sail.", 0)]),
        ("NOTHING", [("NOTHING",)]),
        ("[1]", []),
        ("", []),
    ],
)
def test_sentences_get_their_numbers(
    text: str, expected: list[tuple[object, ...]], size: int
) -> None:
    assert read(text, size) == [
        Draft(str(words), numbers) for words, *rest in expected for numbers in [tuple(rest)]
    ]


def test_a_sentence_is_given_as_soon_as_the_next_begins() -> None:
    reader = DraftReader()
    assert reader.feed("They use Go.") == []
    assert reader.feed(" [1") == []
    assert reader.feed("] ") == []
    assert reader.feed("They") == [Draft("They use Go.", (1,))]
    assert reader.finish() == [Draft("They", ())]


def test_a_sentence_without_an_end_is_not_kept_for_ever() -> None:
    reader = DraftReader()
    for _number in range(5000):
        assert reader.feed("word, ") == []
    (draft, after) = reader.finish() + read("They sail [1].")
    assert LONGEST < len(draft.text) < 5 * LONGEST
    assert after == Draft("They sail.", (1,))


@given(st.text("aBc.!? \n[]1,2<>think/\u3010\u3011", max_size=80), st.integers(1, 9))
def test_the_size_of_the_pieces_makes_no_difference(text: str, size: int) -> None:
    assert read(text, size) == read(text)
