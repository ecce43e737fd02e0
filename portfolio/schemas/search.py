"""Search: what is asked for and what is found."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from portfolio.schemas.lists import Page, PageQuery
from portfolio.schemas.values import Name, ShortLine, SlugText
from portfolio.vocabulary import SourceType


class SearchQuery(PageQuery):
    """What to search for, and where."""

    q: Annotated[Name, Field(description="Words or a question.", examples=["event streaming"])]
    profile: SlugText | None = Field(None, description="Only in this profile.")
    type: SourceType | None = Field(None, description="Only documents of this kind.")
    technology: ShortLine = Field("", description="Only what names this technology, in any case.")


class Mark(BaseModel):
    """A word that was searched for, from `start` to `end` in the same text as its highlight."""

    start: int
    end: int


class Highlight(BaseModel):
    """A part of a text that was found.

    `field` is a JSON Pointer into the document that has the item's `type` and `id`; `text` equals
    the text there from `start` to `end`, counted in Unicode code points.
    """

    field: str
    start: int
    end: int
    text: str
    marks: list[Mark]


class SearchItem(BaseModel):
    """A document that was found."""

    type: SourceType
    id: UUID
    title: str
    url: str = Field(description="Address of the document, or of the profile that it belongs to.")
    profile: str = Field(description="Slug of its profile.")
    technologies: list[str]
    score: float = Field(description="Comparable within one search only.")
    highlights: list[Highlight]


class FacetCount(BaseModel):
    """How many of the documents found are of a kind."""

    name: str
    count: int


class Facets(BaseModel):
    """Counts over all that was found, on whatever page.

    `types` leaves the condition `type` out of account, so that the other kinds can be offered.
    """

    types: list[FacetCount]
    technologies: list[FacetCount]


class SearchPage(Page[SearchItem]):
    """One page of what was found, the likeliest first."""

    facets: Facets
    indexing: bool = Field(
        description="Whether some text has changed so lately that it is found by its words only."
    )
