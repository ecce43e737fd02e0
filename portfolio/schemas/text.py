"""Cleaning of text from outside: what cannot be seen or would mislead is taken out.

Line breaks and tabs stay in long text. Joiners stay where they carry meaning: inside emoji and
between letters of scripts that need them.
"""

import re
import unicodedata

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINED_SCRIPTS = "\u0600-\u0605\u0610-\u061b\u0620-\u08ff\u0900-\u109f\u1780-\u18aa\ufb50-\ufdfd"

_UNSEEN = re.compile(
    # Controls, but for tab and line feed.
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f"
    # Soft hyphen, combining grapheme joiner, fillers, Mongolian separators.
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"
    # Zero-width spaces, marks, embeddings, overrides, isolates and invisible operators.
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    # Noncharacters, shorthand and musical format controls, supplementary variation selectors.
    "\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0100-\U000e01ef]"
)
_JOINERS = re.compile(
    f"(?<![{_EMOJI}\ufe0f{_JOINED_SCRIPTS}])[\u200c\u200d]+"
    f"|[\u200c\u200d]+(?![{_EMOJI}{_JOINED_SCRIPTS}])"
    f"|(?<=[{_EMOJI}\ufe0f])(?:[\u200c\u200d]+(?![{_EMOJI}])|\u200c+|\u200d{{2,}})"
    f"|(?<=[{_JOINED_SCRIPTS}])(?:[\u200c\u200d]+(?![{_JOINED_SCRIPTS}])|[\u200c\u200d]{{2,}})"
)
# A flag such as Scotland's: a black flag, tag letters and a cancel tag; kept as a whole.
_TAGS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f)"
    "|[\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_UNFIT_FOR_A_LINE = re.compile(
    f"{_UNSEEN.pattern}|[\t\n\u2028\u2029\ud800-\udfff\U000e0000-\U000e007f]"
)


def has_lone_surrogate(text: str) -> bool:
    """Whether the text holds half of a surrogate pair, which no UTF-8 can carry."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def whole_characters(text: str) -> str:
    """The text with each half of a surrogate pair replaced by U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def clean_text(text: str) -> str:
    """Long text: NFC, line feeds only, nothing unseen, no blanks at the ends."""
    text = _BREAKS.sub("\n", text)
    text = _UNSEEN.sub("", text)
    text = _TAGS.sub(r"\1", text)
    text = unicodedata.normalize("NFC", text)
    return _JOINERS.sub("", text).strip()


def clean_line(text: str) -> str:
    """One line: like long text, with every run of blanks made one space."""
    return " ".join(clean_text(text).split())


def show_unseen(text: str) -> str:
    """One line for people, in which nothing hides: what cannot be seen is written as `\\u202e`."""
    return _UNFIT_FOR_A_LINE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
