"""The history of content: who changed what, when and how."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from portfolio.schemas.lists import Page, PageQuery
from portfolio.schemas.values import Moment


class Action(StrEnum):
    """What happened to a row, or to a whole table."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    TRUNCATE = "truncate"


class Entity(StrEnum):
    """What is told of: the database writes these words."""

    PROFILE = "profile"
    PROJECT = "project"
    IMAGE = "image"
    SOCIAL_PROFILES = "social_profiles"
    WORK = "work"
    VOLUNTEER = "volunteer"
    EDUCATION = "education"
    AWARDS = "awards"
    CERTIFICATES = "certificates"
    PUBLICATIONS = "publications"
    SKILLS = "skills"
    LANGUAGES = "languages"
    INTERESTS = "interests"
    REFERENCES = "references"


class ChangeItem(BaseModel):
    """One row that was changed, or one statement that changed very many."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    at: Moment
    actor: str = Field(description="Such as `token: editor (3f2a91bc)`, `cli: import`.")
    action: Action
    entity: str = Field(description="`profile`, `project`, the name of a section, and so on.")
    row_id: UUID | None = Field(description="Null where rows are not told singly.")
    profile_id: UUID | None = Field(description="The profile that the row belonged to.")
    project_id: UUID | None = Field(description="The project that the row was, or belonged to.")
    rows: int | None = Field(description="How many rows; null if a table was emptied.")
    fields: dict[str, dict[str, Any]] = Field(
        description="By field: its `old` and its `new` value. Long ones are cut."
    )


class HistoryPage(Page[ChangeItem]):
    """One page of a history, the newest change first."""


class RowsQuery(PageQuery):
    """Which changes; all conditions must hold."""

    entity: Entity | None = Field(None, description="Only of this kind, such as `work`.")
    row_id: UUID | None = Field(None, description="Only of this row, even a deleted one.")


class HistoryQuery(RowsQuery):
    """Which changes of all; all conditions must hold."""

    profile_id: UUID | None = Field(None, description="Only of this profile, even a deleted one.")
