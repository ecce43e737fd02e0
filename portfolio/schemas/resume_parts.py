"""The sections of JSON Resume 1.0 as they are imported.

Field names are those of the tables; their aliases are JSON Resume's. Null and an empty string mean
the same as a missing member, so an `endDate` of null means that it goes on.
"""

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
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
    wrong,
)
from portfolio.vocabulary import LIST_ITEMS

Names = Annotated[list[Name], Field(max_length=LIST_ITEMS)]


def _called_before(new: str) -> BeforeValidator:
    # The schema allows any member, so the names from before 1.0 are valid, and lost if ignored.
    def refuse(_value: Any, info: ValidationInfo) -> None:
        if not info.data.get(new):
            raise wrong(f"is from before JSON Resume 1.0, which calls it {new}")

    return BeforeValidator(refuse)


FormerUrl = Annotated[None, _called_before("url"), Field(exclude=True)]
FormerName = Annotated[None, _called_before("name"), Field(exclude=True)]
FormerImage = Annotated[None, _called_before("image"), Field(exclude=True)]
FormerScore = Annotated[None, _called_before("score"), Field(exclude=True)]


class Part(BaseModel):
    """Part of a résumé. Unknown members are kept aside, as the format allows any."""

    model_config = ConfigDict(alias_generator=to_camel, extra="allow")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = {info.alias for info in cls.model_fields.values()}
        return {
            name: value
            for name, value in data.items()
            if name not in known or (value is not None and value != "")
        }


class Period(Part):
    """Something with a beginning and an end."""

    start_date: PartialDate | None = None
    end_date: PartialDate | None = None

    @field_validator("end_date")
    @classmethod
    def _not_before_the_start(cls, value: str | None, info: ValidationInfo) -> str | None:
        start = info.data.get("start_date")
        if value and start and value[: len(start)] < start[: len(value)]:
            raise wrong("should not be before startDate")
        return value


class Location(Part):
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
    company: FormerName = None
    website: FormerUrl = None


class Volunteer(Period):
    organization: Line = ""
    position: Line = ""
    url: WebLink | None = None
    summary: Text = ""
    highlights: Paragraphs = Field([])
    website: FormerUrl = None


class Education(Period):
    institution: Line = ""
    url: WebLink | None = None
    area: Line = ""
    study_type: Line = ""
    score: ShortLine = ""
    courses: Names = Field([])
    gpa: FormerScore = None


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
    website: FormerUrl = None


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
