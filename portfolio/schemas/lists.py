"""Pages of lists: what may be asked for, and the links between pages."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Generic, Self, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from portfolio.schemas.values import wrong

ItemT = TypeVar("ItemT")

PAGE_LIMIT = 10_000
PAGE_SIZE_LIMIT = 100


def digits(value: Any) -> Any:
    """A number of a query as a number."""
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,9}", value):
            raise wrong("Input should be a whole number")
        return int(value)
    return value


def _true_or_false(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise wrong("Input should be true or false")
        return value == "true"
    return value


RowCount = Annotated[int, Field(ge=1, le=PAGE_SIZE_LIMIT), BeforeValidator(digits)]
QueryFlag = Annotated[bool, BeforeValidator(_true_or_false)]


class PageQuery(BaseModel):
    """Which page of a list."""

    page: Annotated[int, Field(ge=1, le=PAGE_LIMIT), BeforeValidator(digits)] = 1
    page_size: RowCount = 20

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * self.page_size


class PlaceQuery(BaseModel):
    """Where in its list a new item is put."""

    place: Annotated[int, Field(ge=1, le=PAGE_LIMIT), BeforeValidator(digits)] | None = Field(
        None, description="From 1; what stands there follows behind. Last if it is left out."
    )


class Links(BaseModel):
    """Addresses of pages of the same list, relative to the server's root."""

    self: str
    first: str
    prev: str | None
    next: str | None
    last: str


class Page(BaseModel, Generic[ItemT]):
    """One page of a list."""

    items: list[ItemT]
    page: int
    page_size: int
    total: int
    pages: int
    links: Links

    @classmethod
    def of(cls, items: Sequence[ItemT], total: int, path: str, query: PageQuery) -> Self:
        """The page that `query` asks for of the list at `path`."""
        pages = count_pages(total, query.page_size)
        return cls(
            items=list(items),
            page=query.page,
            page_size=query.page_size,
            total=total,
            pages=pages,
            links=page_links(path, query, pages),
        )


class Order(BaseModel):
    """Ids in their new order; those that are not named follow behind."""

    model_config = ConfigDict(extra="forbid")

    order: Annotated[
        list[UUID],
        Field(min_length=1, max_length=1000, json_schema_extra={"uniqueItems": True}),
    ]


def count_pages(total: int, page_size: int) -> int:
    """How many pages a list has; 0 when it is empty."""
    return -(-total // page_size)


def page_links(path: str, query: PageQuery, pages: int) -> Links:
    """The links of a page. A page beyond the last points back to the last."""
    asked = query.model_dump(mode="json", exclude_defaults=True)
    last = max(pages, 1)

    def link(page: int) -> str:
        return _address(path, {**asked, "page": page if page > 1 else None})

    return Links(
        self=link(query.page),
        first=link(1),
        prev=link(min(query.page - 1, last)) if query.page > 1 else None,
        next=link(query.page + 1) if query.page < last else None,
        last=link(last),
    )


def _address(path: str, arguments: Mapping[str, Any]) -> str:
    given = {name: value for name, value in arguments.items() if value is not None}
    words = {k: str(v).lower() if isinstance(v, bool) else v for k, v in given.items()}
    return f"{path}?{urlencode(words, doseq=True)}" if words else path
