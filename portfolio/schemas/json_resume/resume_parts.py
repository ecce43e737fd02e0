"""The sections of JSON Resume 1.0 as they are imported.

Field names are those of the tables; their aliases are JSON Resume's. Null and an empty string mean
the same as a missing member, so an `endDate` of null means that it goes on. Other names and other
forms of the same are none of this module's business: see resume_dialect.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core.core_schema import ValidationInfo

from portfolio.schemas.values import (
    CountryCode,
    Line,
    Name,
    Paragraphs,
    PartialDate,
    ShortLine,
    ShortName,
    Text,
    WebLink,
    partial_dates_in_order,
    wrong,
)
from portfolio.vocabulary import LIST_ITEMS

Names = Annotated[list[Name], Field(max_length=LIST_ITEMS)]


def fits(kind: Any) -> Callable[[Any], bool]:
    """Whether a text is one of this kind; other types are for validation to refuse."""
    adapter = TypeAdapter[Any](kind)

    def is_usable(value: Any) -> bool:
        if not isinstance(value, str):
            return True
        try:
            adapter.validate_python(value)
        except ValidationError:
            return False
        return True

    return is_usable


class Part(BaseModel):
    """Part of a résumé. Unknown members are kept aside, as the format allows any."""

    model_config = ConfigDict(alias_generator=to_camel, extra="allow")

    odd: ClassVar[Mapping[str, Callable[[Any], bool]]] = {"url": fits(WebLink)}
    """Members whose values real files get wrong, and what a readable value fulfils. Others are
    kept among the unknown members."""

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, dict):
            return handler(data)
        known = {info.alias for info in cls.model_fields.values()}
        said = {
            name: value
            for name, value in data.items()
            if name not in known or (value is not None and value != "")
        }
        odd = {
            name: said.pop(name)
            for name, is_usable in cls.odd.items()
            if name in known and not is_usable(said.get(name))
        }
        part = handler(said)
        if odd:
            part.__pydantic_extra__ = {**(part.model_extra or {}), **odd}
        return part


class Period(Part):
    """Something with a beginning and an end."""

    start_date: PartialDate | None = None
    end_date: PartialDate | None = None

    @field_validator("end_date")
    @classmethod
    def _not_before_the_start(cls, value: str | None, info: ValidationInfo) -> str | None:
        start = info.data.get("start_date")
        if value and start and not partial_dates_in_order(start, value):
            raise wrong("should not be before startDate")
        return value


def _is_country_code(value: Any) -> bool:
    return not isinstance(value, str) or re.fullmatch("[A-Za-z]{2}", value.strip()) is not None


class Location(Part):
    odd: ClassVar = {"countryCode": _is_country_code}

    address: Name | None = None
    postal_code: ShortName | None = None
    city: ShortName | None = None
    country_code: CountryCode | None = None
    region: ShortName | None = None


class SocialProfile(Part):
    network: ShortLine = ""
    username: Line = ""
    url: WebLink | None = None


class Work(Period):
    name: Line = ""
    location: Line = ""
    description: Text = ""
    position: Line = ""
    url: WebLink | None = None
    summary: Text = ""
    highlights: Paragraphs = Field([])


class Volunteer(Period):
    organization: Line = ""
    position: Line = ""
    url: WebLink | None = None
    summary: Text = ""
    highlights: Paragraphs = Field([])


class Education(Period):
    institution: Line = ""
    url: WebLink | None = None
    area: Line = ""
    study_type: Line = ""
    score: ShortLine = ""
    courses: Names = Field([])


class Award(Part):
    title: Line = ""
    date: PartialDate | None = None
    awarder: Line = ""
    summary: Text = ""


class Certificate(Part):
    name: Line = ""
    date: PartialDate | None = None
    issuer: Line = ""
    url: WebLink | None = None


class Publication(Part):
    name: Line = ""
    publisher: Line = ""
    release_date: PartialDate | None = None
    url: WebLink | None = None
    summary: Text = ""


class Skill(Part):
    name: Line = ""
    level: ShortLine = ""
    keywords: Names = Field([])


class Language(Part):
    language: ShortLine = ""
    fluency: ShortLine = ""


class Interest(Part):
    name: Line = ""
    keywords: Names = Field([])


class Reference(Part):
    name: Line = ""
    reference: Text = ""
