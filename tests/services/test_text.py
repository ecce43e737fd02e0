"""Cleaning of text: what is taken out, what stays, and that once is enough."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.schemas.text import clean_line, clean_text

# Characters that meet each other in the rules, far oftener than chance would bring them together.
tricky = st.sampled_from(
    "\u200c\u200d\ufe0f\u00ad\u0301\n\r\t\x00\x0b\u2028 ab"
    "\u0627\u06cc\u0915\u094d\U0001f469\U0001f3fd\U0001f4bb\U0001f3f4\U000e0067\U000e007f\u202e"
)
texts = st.text(st.one_of(tricky, st.characters(exclude_categories=("Cs",))), max_size=20)


@pytest.mark.parametrize(
    "text",
    [
        "Plain, 'quoted' — and “more”",
        "👩‍💻 engineer",
        "👩🏽‍🚀",
        "🏳️‍🌈",
        "❤️‍🔥",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "نامه‌ای",
        "क्‍ष",
        "日本語 ไทย",
        "C++ / C# <b>&amp;",
    ],
)
def test_what_means_something_stays(text: str) -> None:
    assert clean_line(text) == text
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("pass\u200dword", "password"),
        ("a\u200bb\u2060c\ufeff", "abc"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("\u2066a\u2069", "a"),
        ("nul\x00 bell\x07 esc\x1b[0m del\x7f c1\x9b", "nul bell esc[0m del c1"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("soft\u00adhyphen", "softhyphen"),
        ("👩\u200d", "👩"),
        ("👩\u200d\u200dx", "👩x"),
        ("e\u0301", "é"),
        ("a\u3000b\u00a0 c", "a b c"),
        ("one\r\ntwo\x0bthree\u2028four", "one two three four"),
    ],
)
def test_what_misleads_goes(text: str, cleaned: str) -> None:
    assert clean_line(text) == cleaned


def test_long_text_keeps_its_lines() -> None:
    assert clean_text(" \n one\r\n\ttwo\rthree\u2029four \n") == "one\n\ttwo\nthree\nfour"


@given(texts)
@example("\U0001f469\u200d\u00ad\u200d\U0001f4bb")
def test_once_is_enough(text: str) -> None:
    for clean in (clean_text, clean_line):
        once = clean(text)
        assert clean(once) == once
        assert unicodedata.normalize("NFC", once) == once
        assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in once)
        assert not set(once) & set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2069")


@given(texts)
def test_a_line_is_one_line(text: str) -> None:
    assert not set(clean_line(text)) & set("\n\r\t\x0b\x0c\x85\u2028\u2029")
