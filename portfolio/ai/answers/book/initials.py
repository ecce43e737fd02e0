"""Names that are called by their initials, such as RHCE."""

from ...lexical import fold
from ..language.words import words_of_text
from .items import Item

_SHORTENED = {
    "work": ("name",),
    "volunteer": ("organization",),
    "education": ("institution", "area"),
    "certificate": ("name",),
    "award": ("title",),
}
"""By type, the fields that are called so."""


def initials_of(item: Item) -> list[str]:
    """The initials of its names that have three words or more, folded."""
    found = []
    for field in _SHORTENED.get(item.type, ()):
        words = words_of_text(item.text(f"/{field}").replace("-", " "))
        for kept in (words, [word for word in words if not word.islower()]):
            found.append(fold("".join(word[0] for word in kept)))
    return [initials for initials in dict.fromkeys(found) if len(initials) > 2]
