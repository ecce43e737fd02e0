"""What pasted HTML holds and a browser does not show: hidden elements and invisible text."""

import re
from collections import Counter
from typing import Final, NamedTuple

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]{0,15})(?=[\s/>])(?P<rest>[^<>]*)>", re.IGNORECASE
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_CLOSE_THEMSELVES = frozenset({"li", "p", "td", "th", "tr", "dt", "dd"})
_CLOSE_PARAGRAPHS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "ul",
        "ol",
        "dl",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "form",
        "pre",
        "hr",
    ]
)
_CONTAINERS = frozenset({"ul", "ol", "dl", "table", "div", "section", "article", "body"})
_ATTRIBUTE = re.compile(
    r"(?:^|[\s/\"'])hidden(?=[\s=/>]|$)(?!=[\"']?(?:false|no)\b)", re.IGNORECASE
)
_STYLE = re.compile(r"\bstyle\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_WHITE = (
    r"(?:white|snow|ivory|transparent|#f{3,4}(?![0-9a-f])|#f{6}(?:ff)?(?![0-9a-f])"
    r"|#[0-9a-f]{6}00(?![0-9a-f])"
    r"|rgba?\(\s*25[0-5][\s,]+25[0-5][\s,]+25[0-5]|rgba\([^)]*,\s*0?\.?0\s*\)"
    r"|hsla?\([^)]*,\s*100%\s*[,)])"
)
_NOTHING = r"0*(?:\.0+)?"
_SHOWS_NOTHING = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    rf"|opacity\s*:\s*(?:{_NOTHING}|0?\.0\d*)%?\s*(?:;|!|$)"
    rf"|font(?:-size)?\s*:[^;]{{0,40}}?(?<![\d.])(?:0(?:px|pt|em|rem|%|vw)?"
    r"|(?:1|[01]?\.\d+)(?:px|pt)|0?\.[01]\d*(?:em|rem))\s*(?:;|!|/|$)"
    r"|(?:max-)?(?:height|width)\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|(?:left|right|top|bottom|text-indent|margin(?:-left|-top)?)\s*:\s*-\d{3,}(?:px|pt|em|rem|%"
    r"|vw|vh)"
    r"|clip(?:-path)?\s*:\s*(?:rect\(0|rect\(1px|inset\((?:50|100)%)"
    r"|transform\s*:\s*scale[xy]?\(0\)"
    r"|content-visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_WHITE_TEXT = re.compile(rf"(?:^|[;\s])color\s*:\s*{_WHITE}", re.IGNORECASE)
_BACKGROUND = re.compile(
    rf"(?:^|[;\s])background(?:-color|-image)?\s*:\s*+(?!{_WHITE}|none|inherit|initial)"
    rf"|\bbgcolor\s*=",
    re.IGNORECASE,
)
_FAR: Final = 20


class _Open(NamedTuple):
    """An element that is open: whether it shows nothing, and what it has behind its text."""

    name: str
    hides: bool
    is_dark: bool


class _Elements:
    """The elements that are open at a place of the text."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()
        self._hiding = self._dark = 0

    @property
    def hide(self) -> bool:
        return self._hiding > 0

    def start(self, name: str, rest: str) -> None:
        if name in _CLOSE_PARAGRAPHS:
            self._close_near("p")
        if name in _CLOSE_THEMSELVES:
            self._close_near(name)
        if name in _VOID or rest.endswith("/"):
            return
        found = _STYLE.search(rest)
        style = next(filter(None, found.groups()), "") if found else ""
        is_dark = _BACKGROUND.search(style) is not None or "bgcolor" in rest.lower()
        has_dark = is_dark or self._dark > 0
        hides = (
            _ATTRIBUTE.search(_STYLE.sub("", rest)) is not None
            or _SHOWS_NOTHING.search(style) is not None
            or (not has_dark and _WHITE_TEXT.search(style) is not None)
        )
        self._open.append(_Open(name, hides, is_dark))
        self._count[name] += 1
        self._hiding += hides
        self._dark += is_dark

    def end(self, name: str) -> None:
        """Close the last one of that name and all in it; one that is not open closes nothing."""
        if not self._count[name]:
            return
        while self._pop() != name:
            pass

    def _close_near(self, name: str) -> None:
        for element in self._open[: -_FAR - 1 : -1]:
            if element.name == name:
                self.end(name)
                return
            if element.name in _CONTAINERS:
                return

    def _pop(self) -> str:
        element = self._open.pop()
        self._count[element.name] -= 1
        self._hiding -= element.hides
        self._dark -= element.is_dark
        return element.name


def without_hidden(html: str) -> str:
    """The same without the elements that a browser does not show."""
    if not _may_hide(html):
        return html
    elements, pieces, start = _Elements(), [], 0
    for tag in _TAG.finditer(html):
        if not elements.hide:
            pieces.append(html[start : tag.start()])
        was_hidden = elements.hide
        if tag["end"]:
            elements.end(tag["name"].lower())
        else:
            elements.start(tag["name"].lower(), tag["rest"])
        if not was_hidden and not elements.hide:
            pieces.append(tag.group())
        start = tag.end()
    if not elements.hide:
        pieces.append(html[start:])
    return "".join(pieces)


def _may_hide(html: str) -> bool:
    lower = html.lower()
    return "hidden" in lower or "style" in lower
