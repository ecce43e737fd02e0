"""Messages to the owner."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from portfolio.schemas.lists import Page
from portfolio.schemas.values import Email, Moment, Paragraph, ShortName
from portfolio.vocabulary import SHORT_LENGTH


class ContactWrite(BaseModel):
    """A message to the owner."""

    model_config = ConfigDict(extra="forbid")

    name: ShortName
    email: Email = Field(description="Where the owner can answer.")
    message: Paragraph
    website: Annotated[str, StringConstraints(max_length=SHORT_LENGTH)] = Field(
        "", description="Leave it empty: people do not see this field, and only programs fill it."
    )


class ContactReceipt(BaseModel):
    """What became of a message."""

    accepted: bool


class ContactItem(BaseModel):
    """A message, as it is kept."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    email: str
    message: str
    created_at: Moment
    sent_at: Moment | None = Field(description="When the webhook took it; null until then.")


class ContactPage(Page[ContactItem]):
    """One page of messages, the latest first."""
