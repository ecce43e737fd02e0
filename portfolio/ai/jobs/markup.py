"""HTML that was pasted as text, made the text that it shows: headings, bullets and lines."""

import re
from html import unescape
from typing import Final

from portfolio.ai.jobs.hidden import without_hidden

_BLOCKS = (
    "p|div|section|article|header|footer|main|table|thead|tbody|tr|ul|ol|dl|dt|form|blockquote"
)
_INLINE = (
    "a|abbr|b|big|center|code|del|dd|em|figure|font|i|img|input|ins|label|mark|nav|picture|pre|s"
    "|small|source|span|strike|strong|sub|sup|svg|td|th|time|u|var|html|body|meta|link|button|hr"
)
_NAMES = rf"{_BLOCKS}|{_INLINE}|h[1-6]|br|li"
_IS_HTML = re.compile(
    rf"</(?:{_NAMES}|script|style|head|title|template|noscript|details|summary)\s*>|<(?:br"
    rf"|hr)\s*/?>|^\s*<(?:p"
    rf"|li)(?: [^<>]*)?>",
    re.I | re.M,
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|head|title|template|noscript)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NAMES})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_OPENED = re.compile(rf"<+(?=/?(?:{_NAMES})(?:[\s/>]|$))", re.IGNORECASE)
_AMPERSANDS = re.compile(r"&(?:amp;)+", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\u00a0]*\n[ \t\u00a0]*")
_BULLET_AGAIN = re.compile(r"^- +[-*\u2022\u00b7] *|^[\u2022\u00b7] *", re.MULTILINE)
_EMPTY_BULLET = re.compile(r"^-[ \t]*\n+", re.MULTILINE)
_PASSES: Final = 3


def text_of_html(text: str) -> str:
    """What a browser would show of it; text that holds no tags is left as it is."""
    text = _without_comments(text)
    for _ in range(_PASSES):
        if _IS_HTML.search(text) is None:
            return text
        text = _strip(text)
    return _OPENED.sub("", text)


def _without_comments(text: str) -> str:
    """Also of text that is no HTML otherwise, where one that does not end is none."""
    pieces = []
    start, opened = 0, text.find("<!--")
    while opened >= 0 and (end := text.find("-->", opened + 4)) >= 0:
        pieces.append(text[start:opened])
        start = end + 3
        opened = text.find("<!--", start)
    return "".join([*pieces, text[start:]])


def _strip(text: str) -> str:
    text = unescape(_AMPERSANDS.sub("&", _TAG.sub(_shown, without_hidden(_UNSEEN.sub("", text)))))
    text = _BLANKS.sub("\n", text.replace("\u00a0", " "))
    return _EMPTY_BULLET.sub("- ", _BULLET_AGAIN.sub("- ", text))


def _shown(tag: re.Match[str]) -> str:
    """What a tag looks like as text."""
    name, is_end = tag["name"].lower(), tag["end"] == "/"
    if name == "li":
        return "\n" if is_end else "\n- "
    if name[0] == "h" and name[1:].isdigit():
        return "\n" if is_end else "\n\n"
    if name in {"br", "hr"}:
        return "\n"
    if name in {"td", "th", "dd"} and is_end:
        return " "
    return "\n" if name in _BLOCKS.split("|") else ""
