"""What a PDF or DOCX file holds and does not show: text in white, without a mode, or too small."""

from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from pypdf import PageObject
from pypdf.generic import ArrayObject, TextStringObject

_WRITES = frozenset({b"Tj", b"TJ", b"'", b'"'})
_COLOURS = frozenset({b"g", b"rg", b"k", b"cs", b"sc", b"scn"})
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_DRAWS = _FILLS | {b"re", b"m", b"l", b"c", b"v", b"y", b"n", b"S", b"s", b"sh", b"Do", b"BI"}
_FAINT = 0.02
_WHITE = 250
"""Each of red, green and blue of what is as white as paper."""
_TINY = 1.5
"""Points; nobody reads what is smaller."""
_SCANNED = 500
_MOST_PAINTED = 2000


class Sight:
    """Empties what a page writes in white on nothing, in no mode that shows, or too small to see.

    A scanned page has its text below its picture, in the mode that shows nothing: that is read.
    """

    def __init__(self, page: PageObject) -> None:
        self._is_scan = _holds_scan(page)
        self._kept: list[tuple[bool, int, float]] = []
        self._is_white, self._mode, self._size = False, 0, 12.0
        self._path: list[tuple[float, float]] = []
        self._painted: list[tuple[float, float, float, float]] = []
        self._grey = True

    def look(self, operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        """What pypdf tells before it reads an operation; what is not to be seen is emptied."""
        if operator in _WRITES:
            if self._is_unseen(cm, tm):
                empty = ArrayObject() if operator == b"TJ" else TextStringObject("")
                operands[-1:] = [empty]
            return
        numbers = [float(each) for each in operands if isinstance(each, (int, float))]
        if operator == b"q":
            self._kept.append((self._is_white, self._mode, self._size))
        elif operator == b"Q" and self._kept:
            self._is_white, self._mode, self._size = self._kept.pop()
        elif operator == b"Tr" and numbers:
            self._mode = int(numbers[0])
        elif operator == b"Tf" and numbers:
            self._size = numbers[-1]
        elif operator in _COLOURS:
            self._colour(operator, operands, numbers)
        elif operator in _DRAWS:
            self._draw(operator, numbers, cm)

    def _colour(self, operator: bytes, operands: list[Any], numbers: list[float]) -> None:
        if operator == b"cs":
            self._grey = bool(operands) and str(operands[0]) in {"/DeviceGray", "/CalGray", "/G"}
            self._is_white = False
        elif len(numbers) == 4:
            self._is_white = max(numbers) < _FAINT
        else:
            counts = len(numbers) == 3 or (operator == b"g" or self._grey)
            self._is_white = bool(numbers) and counts and min(numbers) > 1 - _FAINT

    def _draw(self, operator: bytes, numbers: list[float], cm: list[float]) -> None:
        if operator == b"re" and len(numbers) == 4:
            x, y, width, height = numbers
            self._path += [_placed(cm, x, y), _placed(cm, x + width, y + height)]
        elif operator in {b"m", b"l", b"c", b"v", b"y"} and len(numbers) > 1:
            self._path.append(_placed(cm, *numbers[-2:]))
        elif operator in {b"Do", b"BI", b"INLINE IMAGE"}:
            self._paint([_placed(cm, 0, 0), _placed(cm, 1, 1)])
        elif operator == b"sh":
            self._paint([(-1e6, -1e6), (1e6, 1e6)])
        elif operator in _FILLS:
            if not self._is_white:
                self._paint(self._path)
            self._path = []
        elif operator in {b"n", b"S", b"s"}:
            self._path = []

    def _paint(self, points: list[tuple[float, float]]) -> None:
        if points and len(self._painted) < _MOST_PAINTED:
            across, up = zip(*points, strict=True)
            self._painted.append((min(across), min(up), max(across), max(up)))

    def _is_unseen(self, cm: list[float], tm: list[float]) -> bool:
        x, y = _placed(cm, tm[4], tm[5])
        scale = abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])) ** 0.5
        if abs(self._size) * scale < _TINY:
            return True
        if self._mode in {3, 7}:
            return not self._is_scan
        if not self._is_white or self._mode in {1, 2, 5, 6}:
            return False
        return not any(a - 2 <= x <= c + 2 and b - 2 <= y <= d + 2 for a, b, c, d in self._painted)


def _placed(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = (float(each) for each in matrix)
    return a * x + c * y + e, b * x + d * y + f


def _holds_scan(page: PageObject) -> bool:
    """Whether a picture is large enough to be a page."""
    resources = page.get("/Resources")
    found = resources.get_object().get("/XObject") if resources else None
    for each in found.get_object().values() if found else ():
        picture = each.get_object()
        if (
            picture.get("/Subtype") == "/Image"
            and min(int(picture.get("/Width", 0)), int(picture.get("/Height", 0))) > _SCANNED
        ):
            return True
    return False


def is_unseen(run: Run, paragraph: Paragraph) -> bool:
    """Whether it is hidden, too small to see, or white on white paper."""
    font = run.font
    if font.hidden or (font.size is not None and font.size.pt < _TINY):
        return True
    if font.color is None or font.color.rgb is None or min(font.color.rgb) < _WHITE:
        return False
    shaded = (run._r, paragraph._p, paragraph._p.getparent())
    return font.highlight_color is None and not any(_is_shaded(place) for place in shaded)


def _is_shaded(place: Any) -> bool:
    """Whether a run, a paragraph or a cell has another colour than white behind it."""
    for kind in ("w:rPr", "w:pPr", "w:tcPr"):
        found = place.find(f"{qn(kind)}/{qn('w:shd')}")
        if found is not None and found.get(qn("w:fill"), "auto").upper() not in {"AUTO", "FFFFFF"}:
            return True
    return False
