"""The sections of a résumé as the API takes and gives them, one set of schemas for each.

What may be written is made of the schemas of the import, so that both accept the same: their
fields in snake_case, without the members from before JSON Resume 1.0.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model, field_validator
from pydantic_core.core_schema import ValidationInfo

from portfolio.schemas import sections
from portfolio.schemas.echoes import Identity, Ignored
from portfolio.schemas.json_resume import resume_parts
from portfolio.schemas.json_resume.resume_parts import Part
from portfolio.schemas.lists import Order, Page
from portfolio.schemas.merge_patch import MergePatch
from portfolio.schemas.sections import Section
from portfolio.schemas.values import Count, partial_dates_in_order, wrong
from portfolio.vocabulary import SECTION_ITEMS


class ItemWrite(Identity):
    """An item of a section as it is created or replaced; one member at least says something."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("end_date", check_fields=False)
    @classmethod
    def _not_before_the_start(cls, value: str | None, info: ValidationInfo) -> str | None:
        start = info.data.get("start_date")
        if value and start and not partial_dates_in_order(start, value):
            raise wrong("Input should not be before start_date")
        return value


class SectionOrder(Order):
    """Items of one section in their new order."""


class SectionWrite(BaseModel):
    """A whole section in its order.

    Items with an id are the ones that have it; of the others, each is the item that equals it or
    has the same name (and start), else a new one. Items that are not sent are removed.
    """

    model_config = ConfigDict(extra="forbid")

    items: Any
    page: Ignored = None
    page_size: Ignored = None
    total: Count | None = Field(
        None, description="Told by GET. If it is sent back, it has to be the number of items."
    )
    pages: Ignored = None
    links: Ignored = None


@dataclass(frozen=True)
class SectionSchemas:
    """What one section is read and written as.

    Attributes:
        read: an item.
        page: a page of items.
        write: an item that is created or replaced.
        patch: a change of an item.
        whole: the whole section that is replaced.
    """

    read: type[Section]
    page: type[Page[Any]]
    write: type[ItemWrite]
    patch: type[MergePatch]
    whole: type[SectionWrite]


def _schemas(read: type[Section], part: type[Part]) -> SectionSchemas:
    name, told, whole_told = read.__name__, read.__doc__ or "", SectionWrite.__doc__ or ""
    hints = get_type_hints(part, include_extras=True)
    fields: dict[str, Any] = {
        field: (hints[field], info.get_default(call_default_factory=True))
        for field, info in part.model_fields.items()
        if not info.exclude
    }
    write = create_model(f"{name}Write", __base__=ItemWrite, __doc__=told, **fields)
    items = Annotated[list[write], Field(max_length=SECTION_ITEMS)]
    whole: dict[str, Any] = {"items": (items, ...)}
    patch = create_model(f"{name}Patch", __base__=MergePatch, __doc__=told)
    patch.document = write
    return SectionSchemas(
        read,
        create_model(f"{name}Page", __base__=Page[read], __doc__=told),  # type: ignore[valid-type]
        write,
        patch,
        create_model(f"{name}Section", __base__=SectionWrite, __doc__=whole_told, **whole),
    )


SECTION_SCHEMAS = {
    "social_profiles": _schemas(sections.SocialProfile, resume_parts.SocialProfile),
    "work": _schemas(sections.Work, resume_parts.Work),
    "volunteer": _schemas(sections.Volunteer, resume_parts.Volunteer),
    "education": _schemas(sections.Education, resume_parts.Education),
    "awards": _schemas(sections.Award, resume_parts.Award),
    "certificates": _schemas(sections.Certificate, resume_parts.Certificate),
    "publications": _schemas(sections.Publication, resume_parts.Publication),
    "skills": _schemas(sections.Skill, resume_parts.Skill),
    "languages": _schemas(sections.Language, resume_parts.Language),
    "interests": _schemas(sections.Interest, resume_parts.Interest),
    "references": _schemas(sections.Reference, resume_parts.Reference),
}
"""Every section by its name in the API, in the order of JSON Resume."""

if TYPE_CHECKING:

    class SectionsWrite(BaseModel):
        """A list of items for each section, or None."""
else:
    # Made of the table; the type checker cannot follow it.
    SectionsWrite = create_model(
        "SectionsWrite",
        **{
            name: (
                list[schemas.write] | None,
                Field(None, max_length=SECTION_ITEMS, description="Stays if it is left out."),
            )
            for name, schemas in SECTION_SCHEMAS.items()
        },
    )
