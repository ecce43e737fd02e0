"""A résumé as Markdown: read by a parser of CommonMark, it says what the document says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portfolio.schemas.text import clean_text
from portfolio.services.exports.resume_markdown import write_markdown
from tests.services.resumes import texts as odd_texts

PLAIN = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    *("text", "text_special", "softbreak", "hardbreak", "strong_open", "strong_close"),
    *("link_open", "link_close"),
}
HOSTILE = (
    "# Heading",
    "C # ##",
    "> quote",
    "- item\n+ item\n* item",
    "1. one\n2) two",
    "---\n===\n***\n___\n- - -\n--",
    "    code\n\tcode",
    "```\nfence\n```\n~~~\n",
    "<script>alert(1)</script> <b>bold</b> <!-- x --> <https://a.example>",
    "[x](javascript:alert(1)) ![i](https://a.example/i.png) [a]: https://b.example",
    "**bold** __bold__ *i* _i_ ~~gone~~ `code` snake_case _",
    "&copy; &#65; &amp; AT&T; R&D",
    "back\\slash \\* \\\nlast\\",
    "a | b\n--|--\n1 | 2",
    "line\n\n\n  line  \r\nline",
)
texts = st.one_of(
    st.sampled_from(HOSTILE),
    odd_texts,
    st.text("#>-+*_=`~|[]()<>&;!\\.:0123 ab\né·", max_size=30).map(clean_text).filter(bool),
)


def tokens(text: str) -> list[Token]:
    """Everything in the tree, in order, by GitHub's dialect as well."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = parser.parse(text)
    return [token for block in blocks for token in (block, *(block.children or ()))]


def words(text: str) -> list[str]:
    """What stands in a text; how lines are broken and blanks are many is no part of it."""
    return text.split()


def read(found: list[Token]) -> str:
    """All that is shown of the tree."""
    breaks = {"softbreak": "\n", "hardbreak": "\n", "paragraph_close": "\n", "heading_close": "\n"}
    return "".join(
        breaks.get(token.type, "" if token.children else token.content) for token in found
    )


def document(**basics: Any) -> dict[str, Any]:
    return {"basics": {"name": "Ines Calder", **basics}, "meta": {}}


@given(text=texts)
def test_every_text_appears_as_text(text: str) -> None:
    item = {"name": text, "position": text, "description": text, "summary": text}
    story = {**item, "highlights": [text, text], "url": "https://a.example.org"}
    found = tokens(
        write_markdown(
            {
                **document(name=text, label=text, summary=text, profiles=[{"network": text}]),
                "work": [story],
                "skills": [{"name": text, "level": text, "keywords": [text]}],
                "references": [{"reference": text}],
            }
        )
    )
    assert {token.type for token in found} <= PLAIN
    shown = words(text)
    last = [*shown[:-1], f"{shown[-1]}:"]
    assert words(read(found)) == [
        *(*shown, *shown, *shown, *shown),
        *("Experience", *shown, *shown, "·", "a.example.org", *shown, *shown, *shown, *shown),
        *("Skills", *shown, "·", *last, *shown, "References", *shown),
    ]
    assert [token.attrs["href"] for token in found if token.type == "link_open"] == [
        "https://a.example.org"
    ]
    assert [token.tag for token in found if token.type == "heading_open"] == [
        *("h1", "h2", "h3", "h2", "h2")
    ]


@pytest.mark.parametrize(
    ("url", "address", "shown"),
    [
        ("https://a.example.org/", "https://a.example.org/", "a.example.org"),
        ("HTTP://www.a.example.org", "HTTP://www.a.example.org", "a.example.org"),
        ("https://a.example.org/x_(y)_z", "https://a.example.org/x_(y)_z", "a.example.org/x_(y)_z"),
        ("https://a.example.org/)(", "https://a.example.org/)(", "a.example.org/)("),
        ("https://a.example.org/?a=1&copy;=2", None, "a.example.org/?a=1&copy;=2"),
        ("https://a.example.org/<b>", "https://a.example.org/%3Cb%3E", "a.example.org/<b>"),
        ("https://a.example.org/a\\(b", "https://a.example.org/a%5C(b", "a.example.org/a\\(b"),
    ],
)
def test_links_lead_where_they_should(url: str, address: str | None, shown: str) -> None:
    found = tokens(write_markdown(document(url=url)))
    (link,) = [token for token in found if token.type == "link_open"]
    assert link.attrs["href"] == (address or url)
    assert shown in read(found)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "mailto:a@b.example", "//x", "https:/x"])
def test_other_addresses_are_no_links(url: str) -> None:
    found = tokens(write_markdown(document(url=url, profiles=[{"network": "Forge", "url": url}])))
    assert not any(token.type == "link_open" for token in found)
    assert "Forge" in read(found)


def test_it_is_clean() -> None:
    plain = "R&D in C++ and snake_case, 50 % (of 2019-06) at +44 117; item #5. Really!"
    text = write_markdown(document(label=plain, summary="One.\nTwo.\n\nThree."))
    assert text == f"# Ines Calder\n\n{plain}\n\nOne.\\\nTwo.\n\nThree.\n".replace(" #5", " \\#5")
