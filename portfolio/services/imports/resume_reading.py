"""Reading a résumé: from bytes or from JSON to something that can be imported, or to everything
that is wrong with it. No table is touched."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from portfolio.errors import Invalid
from portfolio.schemas.field_errors import json_pointer, located_errors
from portfolio.schemas.json_resume.other_formats import recognise_document
from portfolio.schemas.json_resume.resume import Resume
from portfolio.schemas.json_resume.resume_dialect import Location, Reading, read_dialect
from portfolio.schemas.json_resume.resume_text import decode_resume
from portfolio.schemas.json_text import JsonError, LoneSurrogate, lone_surrogates
from portfolio.schemas.text import show_unseen, whole_characters
from portfolio.vocabulary import RESUME_BYTES, TOLD_OF_A_FILE

_OF_ITS_OWN = {("$schema",), *(("meta", name) for name in ("canonical", "version", "lastModified"))}
"""Members that are known, although no column is for them."""
_PLAIN_NAME = re.compile(r"[\w$-]+")
_LONGEST_NAME = 80


class ResumeRefused(Invalid):
    """Nothing can be imported; `problems` says everything that is wrong, by its place."""

    def __init__(self, problems: Sequence[tuple[Location, str]]) -> None:
        super().__init__(
            [{"pointer": json_pointer(place), "detail": detail} for place, detail in problems]
        )
        self.problems = [
            detail if detail[0].isupper() and not place else f"{path_text(place)}: {detail}"
            for place, detail in problems
        ]


@dataclass(frozen=True)
class ResumeFile:
    """A résumé that can be imported.

    Attributes:
        document: as it was given.
        resume: what it says.
        reading: how the one became the other.
    """

    document: Any
    resume: Resume
    reading: Reading

    def path(self, place: Location) -> str:
        """Where in the file a place of the résumé is."""
        return path_text(self.reading.came_from(place))

    def unknown_members(self) -> list[str]:
        """The places of members that are kept and not shown."""
        return [self.path(place) for place in _unknown_members(self.resume)]


def read_resume(data: bytes) -> ResumeFile:
    """The résumé in the bytes of a file.

    Raises:
        ResumeRefused
    """
    if len(data) > RESUME_BYTES:
        limit = RESUME_BYTES // 1024**2
        raise ResumeRefused([((), f"is larger than {limit} MB, which no résumé needs")])
    try:
        document = decode_resume(data)
    except JsonError as error:
        raise ResumeRefused([((), str(error))]) from None
    return read_document(document)


def read_document(document: Any) -> ResumeFile:
    """The résumé in a JSON value.

    Raises:
        ResumeRefused
    """
    if other := recognise_document(document):
        raise ResumeRefused([((), other)])
    halves = [(place, str(LoneSurrogate(place))) for place in lone_surrogates(document)]
    if halves:  # what else is wrong is told as well
        document = json.loads(whole_characters(json.dumps(document, ensure_ascii=False)))
    reading = read_dialect(document)
    problems = [*halves, *reading.problems, *_too_large(document, ()), *_alike(document, ())]
    problems += [(reading.came_from(place), text) for place, text in _same_slugs(reading.document)]
    try:
        resume = Resume.model_validate(reading.document)
    except ValidationError as error:
        problems += [(reading.came_from(place), text) for place, text in located_errors(error)]
    if problems:
        raise ResumeRefused(sorted(problems, key=lambda problem: _in_order(problem[0])))
    _check_amount(reading, resume)
    return ResumeFile(document, resume, reading)


def path_text(place: Sequence[str | int]) -> str:
    """A place in the file as people write it: `work[1].startDate`, `work[1]["a.b"]`."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN_NAME.fullmatch(part):
            text += f".{_cut(part)}" if text else _cut(part)
        else:
            text += f"[{_quoted(_cut(part))}]"
    return text or "the file"


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _quoted(name: str) -> str:
    """A name that could be taken for something else, and so forge a line of a report."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{show_unseen(escaped)}"'


def _check_amount(reading: Reading, resume: Resume) -> None:
    """Nobody reads more notes than these; each costs time and room in the report that is kept."""
    problems: list[tuple[Location, str]] = [
        ((), f"has {count} {what}; at most {TOLD_OF_A_FILE} are {taken}")
        for count, what, taken in (
            (len(_unknown_members(resume)), "members that JSON Resume does not know", "kept"),
            (len(reading.notes), "values that would be read as something else", "read so"),
        )
        if count > TOLD_OF_A_FILE
    ]
    if problems:
        raise ResumeRefused(problems)


def _in_order(place: Location) -> list[tuple[int, str]]:
    """What places are sorted by: numbers as numbers."""
    return [(part, "") if isinstance(part, int) else (-1, part) for part in place]


def _too_large(value: Any, place: Location) -> Iterator[tuple[Location, str]]:
    """The numbers that are read as infinite: JSON has no way to give them back."""
    if isinstance(value, dict | list):
        for name, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _too_large(child, (*place, name))
    elif isinstance(value, float) and math.isinf(value):
        yield place, "is a number that is too large"


def _alike(value: Any, place: Location) -> Iterator[tuple[Location, str]]:
    """The members whose names are those of others but for NUL, which PostgreSQL does not take."""
    if isinstance(value, dict | list):
        for name, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _alike(child, (*place, name))
    if isinstance(value, dict):
        names = Counter(name.replace("\0", "") for name in value)
        for name in value:
            if "\0" in name and names[name.replace("\0", "")] > 1:
                yield (*place, name), "is the name of another member, but for a NUL character"


def _same_slugs(document: Mapping[str, Any]) -> Iterator[tuple[Location, str]]:
    """The slugs that a project before gives as well."""
    projects, met = document.get("projects"), dict[str, int]()
    for index, item in enumerate(projects if isinstance(projects, list) else ()):
        told = item.get("x-portfolio") if isinstance(item, dict) else None
        slug = told.get("slug") if isinstance(told, dict) else None
        if isinstance(slug, str) and met.setdefault(slug, index) != index:
            place = ("projects", index, "x-portfolio", "slug")
            yield place, f"is the slug of projects[{met[slug]}] of this file, too"


def _unknown_members(resume: Resume) -> list[Location]:
    return [place for place in _extra_members(resume, ()) if place not in _OF_ITS_OWN]


def _extra_members(part: BaseModel, place: Location) -> list[Location]:
    found: list[Location] = [(*place, name) for name in part.model_extra or {}]
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        here = (*place, info.alias or name)
        if isinstance(value, BaseModel):
            found += _extra_members(value, here)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    found += _extra_members(item, (*here, index))
    return found
