"""The kinds of values that requests are made of: each is typed, sized and cleaned."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, EmailStr, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError, PydanticKnownError

from portfolio.schemas.text import clean_line, clean_text
from portfolio.vocabulary import (
    COMPLEXITY_RANGE,
    COUNTRY_PATTERN,
    DATE_PATTERN,
    DAY_IN_MS,
    DESCRIPTION_LENGTH,
    EMAIL_LENGTH,
    JOB_TEXT_LEAST,
    LIST_ITEMS,
    NAME_LENGTH,
    PARTIAL_DATE_PATTERN,
    PATH_LENGTH,
    PATH_PATTERN,
    QUESTION_LENGTH,
    RESERVED_SLUGS,
    SHORT_LENGTH,
    SLUG_LENGTH,
    SLUG_PATTERN,
    SORT_RANGE,
    SUMMARY_LENGTH,
    TEAM_RANGE,
    TEXT_LENGTH,
    URL_LENGTH,
    UUID_PATTERN,
)

A_PARTIAL_DATE = "should be a date such as 2019, 2019-06 or 2019-06-30"
"""What is said of a text that is none."""
_FORBIDDEN_IN_LINKS = re.compile(r"[\s\"<>\\^`{|}]")


def wrong(message: str) -> PydanticCustomError:
    """A validation error with this message."""
    return PydanticCustomError("wrong_value", "{message}", {"message": message})


def _cleaned(clean: Callable[[str], str], limit: int) -> BeforeValidator:
    # What is sent is measured, too, so that the limit is the one that the description tells.
    def measure_and_clean(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if len(value) > limit:
            raise PydanticKnownError("string_too_long", {"max_length": limit})
        return clean(value)

    return BeforeValidator(measure_and_clean)


def _line(limit: int) -> BeforeValidator:
    return _cleaned(clean_line, limit)


def _text(limit: int) -> BeforeValidator:
    return _cleaned(clean_text, limit)


def _whole_number(value: Any) -> Any:
    # 9.0 is an integer to JSON Schema, true is not.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong("Input should be a whole number")
    return value


def _calendar_date(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(DATE_PATTERN, value):
        raise wrong("Input should be a date such as 2024-05-31")
    return value


def _partial_date(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(PARTIAL_DATE_PATTERN, value):
        raise wrong(A_PARTIAL_DATE)
    return value


def _real_day(value: str) -> str:
    if len(value) == len("2024-05-31"):
        try:
            date.fromisoformat(value)
        except ValueError:
            last = monthrange(int(value[:4]), int(value[5:7]))[1]
            raise wrong(f"{value[:7]} has {last} days only") from None
    return value


def _web_link(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        plain = parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        usable = plain = False
    if not usable or not plain or _FORBIDDEN_IN_LINKS.search(value):
        raise wrong("Input should be an http:// or https:// address")
    return value


def _free_slug(value: str) -> str:
    if value in RESERVED_SLUGS or re.fullmatch(UUID_PATTERN, value):
        raise wrong("Input is reserved; choose another slug")
    return value


def _distinct(values: list[str]) -> list[str]:
    return list({value.casefold(): value for value in reversed(values)}.values())[::-1]


def partial_dates_in_order(start: str, end: str) -> bool:
    """Whether the end is not before the start, as far as both say."""
    return end[: len(start)] >= start[: len(end)]


def in_utc(value: datetime) -> datetime:
    """The same moment as UTC tells it."""
    return value.astimezone(UTC)


# Constraints stand before the cleaning, which runs first all the same: behind it, they are missing
# from the JSON Schema.
_seen = Field(json_schema_extra={"pattern": r"\S"})

Name = Annotated[
    str, StringConstraints(min_length=1, max_length=NAME_LENGTH), _seen, _line(NAME_LENGTH)
]
Line = Annotated[str, StringConstraints(max_length=NAME_LENGTH), _line(NAME_LENGTH)]
ShortName = Annotated[
    str, StringConstraints(min_length=1, max_length=SHORT_LENGTH), _seen, _line(SHORT_LENGTH)
]
ShortLine = Annotated[str, StringConstraints(max_length=SHORT_LENGTH), _line(SHORT_LENGTH)]
Summary = Annotated[str, StringConstraints(max_length=SUMMARY_LENGTH), _text(SUMMARY_LENGTH)]
Text = Annotated[str, StringConstraints(max_length=TEXT_LENGTH), _text(TEXT_LENGTH)]
LongText = Annotated[
    str, StringConstraints(max_length=DESCRIPTION_LENGTH), _text(DESCRIPTION_LENGTH)
]
Paragraph = Annotated[
    str, StringConstraints(min_length=1, max_length=TEXT_LENGTH), _seen, _text(TEXT_LENGTH)
]

QuestionText = Annotated[
    str, StringConstraints(min_length=1, max_length=QUESTION_LENGTH), _seen, _text(QUESTION_LENGTH)
]

JobText = Annotated[
    str,
    StringConstraints(min_length=JOB_TEXT_LEAST, max_length=DESCRIPTION_LENGTH),
    _seen,
    _text(DESCRIPTION_LENGTH),
]

Paragraphs = Annotated[list[Paragraph], Field(max_length=LIST_ITEMS)]
Words = Annotated[list[ShortName], Field(max_length=LIST_ITEMS), AfterValidator(_distinct)]

SlugText = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=SLUG_LENGTH)]
NewSlug = Annotated[SlugText, AfterValidator(_free_slug)]
Email = Annotated[
    EmailStr, _line(EMAIL_LENGTH), Field(json_schema_extra={"maxLength": EMAIL_LENGTH})
]
WebLink = Annotated[
    str,
    StringConstraints(max_length=URL_LENGTH),
    AfterValidator(_web_link),
    Field(json_schema_extra={"format": "uri"}),
    _line(URL_LENGTH),
]
CountryCode = Annotated[
    str,
    StringConstraints(pattern=COUNTRY_PATTERN),
    BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value),
    Field(json_schema_extra={"pattern": "^[A-Za-z]{2}$"}),
]

Flag = Annotated[bool, Strict()]
Day = Annotated[
    date,
    BeforeValidator(_calendar_date),
    Field(json_schema_extra={"pattern": DATE_PATTERN}),
]
PagePath = Annotated[
    str, StringConstraints(pattern=PATH_PATTERN, max_length=PATH_LENGTH), _line(PATH_LENGTH)
]
AddressText = Annotated[str, StringConstraints(max_length=URL_LENGTH), _line(URL_LENGTH)]
PartialDate = Annotated[
    str,
    StringConstraints(pattern=PARTIAL_DATE_PATTERN),
    BeforeValidator(_partial_date),
    AfterValidator(_real_day),
]
_whole = BeforeValidator(_whole_number)
Complexity = Annotated[int, Field(ge=COMPLEXITY_RANGE[0], le=COMPLEXITY_RANGE[1]), _whole]
TeamSize = Annotated[int, Field(ge=TEAM_RANGE[0], le=TEAM_RANGE[1]), _whole]
Milliseconds = Annotated[int, Field(ge=0, le=DAY_IN_MS), _whole]
Count = Annotated[int, Field(ge=0), _whole]
LinkDays = Annotated[int, Field(ge=1, le=90), _whole]
SortOrder = Annotated[int, Field(ge=SORT_RANGE[0], le=SORT_RANGE[1]), _whole]
Moment = Annotated[datetime, AfterValidator(in_utc)]
