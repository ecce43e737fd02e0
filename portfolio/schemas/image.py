"""Images of projects: what is uploaded, changed and read."""

from pathlib import PurePath
from typing import Annotated, Any, BinaryIO
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SkipValidation,
    WithJsonSchema,
    model_validator,
)

from portfolio.schemas.lists import Page
from portfolio.schemas.merge_patch import MergePatch
from portfolio.schemas.values import Flag, Line, Moment, Summary, wrong
from portfolio.vocabulary import MEDIA_TYPES, PROJECT_IMAGES


def _is_file(value: Any) -> Any:
    if not hasattr(value, "read"):
        raise wrong("Input should be a file: a part that has a filename")
    return value


def _was_utf8(value: str) -> str:
    # Forms are decoded before they come here: this character stands for bytes that say nothing.
    if "\ufffd" in value:
        raise wrong("Input should be UTF-8")
    return value


Upload = Annotated[
    SkipValidation[BinaryIO],
    AfterValidator(_is_file),
    WithJsonSchema({"type": "string", "format": "binary"}),
]


class ImageWrite(BaseModel):
    """What is told of an image."""

    model_config = ConfigDict(extra="forbid")

    caption: Summary = Field("", description="Shown with the image.")
    alt: Line = Field("", description="Stands in for the image where it cannot be seen.")
    is_primary: Flag = Field(
        False, description="The project's one image in lists. Make another one primary instead."
    )


class ImagePatch(MergePatch):
    """A JSON Merge Patch of what is told of an image: what is left out stays."""

    document = ImageWrite


class ImageUpload(BaseModel):
    """An image file, and what is told of it."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    file: Upload = Field(description="JPEG, PNG, WebP, AVIF, or GIF; not animated.")
    caption: Annotated[Summary, AfterValidator(_was_utf8)] = Field(
        "", description="Shown with the image."
    )
    alt: Annotated[Line, AfterValidator(_was_utf8)] = Field(
        "", description="Stands in for the image where it cannot be seen."
    )


class ImageFile(BaseModel):
    """One file of an image. Its content never changes: the address is made of it."""

    url: str
    media_type: str
    width: int
    height: int
    bytes: int

    @model_validator(mode="before")
    @classmethod
    def _of_name(cls, value: Any) -> Any:
        if isinstance(value, dict) and "name" in value:
            name = value["name"]
            kind = MEDIA_TYPES[PurePath(name).suffix.removeprefix(".")]
            return {**value, "url": f"/media/{name}", "media_type": kind}
        return value


class Image(BaseModel):
    """An image of a project."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    caption: str
    alt: str
    is_primary: bool
    sort_order: int
    file: ImageFile = Field(description="The whole image.")
    sizes: list[ImageFile] = Field(
        description="WebP copies from wide to narrow: 1280, 640 and 320 pixels, or less where the "
        "image is narrower."
    )
    created_at: Moment
    updated_at: Moment


class ImagePage(Page[Image]):
    """One page of a list of images."""


class ImageOrder(BaseModel):
    """Images of one project in their new order."""

    model_config = ConfigDict(extra="forbid")

    order: Annotated[list[UUID], Field(min_length=1, max_length=PROJECT_IMAGES)]
