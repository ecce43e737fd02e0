"""What GET tells and nobody writes: a document that was read can be sent back as it is."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

Ignored = Annotated[Any, Field(description="Told by GET, and ignored when it is sent back.")]


class Identity(BaseModel):
    """The id of what a document is about."""

    id: UUID | None = Field(
        None, description="Told by GET. If it is sent back, it has to be the same."
    )


class Echoes(Identity):
    """The members of a profile's or project's detail that are not written."""

    created_at: Ignored = None
    updated_at: Ignored = None
