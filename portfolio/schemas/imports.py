"""Imports: what is asked for, and the report that the API and the command give."""

from typing import Any, Literal

from pydantic import BaseModel, Field, RootModel

from portfolio.schemas.json_resume.resume_text import decode_resume
from portfolio.schemas.lists import QueryFlag
from portfolio.schemas.values import NewSlug
from portfolio.vocabulary import NAME_LENGTH

Change = Literal["created", "updated", "unchanged"]
NoteKind = Literal[
    "read", "kept", "overwritten", "removed", "reordered", "unknown", "default", "profile"
]


class ImportQuery(BaseModel):
    """How a résumé is imported."""

    profile: NewSlug | None = Field(
        None, description="Slug of the profile to make or update, instead of the file's."
    )
    dry_run: QueryFlag = Field(False, description="Tell what would happen, and change nothing.")
    overwrite: QueryFlag = Field(
        False, description="Let the file win over what was edited here since the last import."
    )


class UndoQuery(BaseModel):
    """How an import is undone."""

    force: QueryFlag = Field(False, description="Undo also what was edited since the import.")


class ResumeDocument(RootModel[Any]):
    """A JSON Resume 1.0 (https://jsonresume.org/schema), or one from before; here is its outline.

    Members that the format does not know are kept for exports. All that is wrong is answered with
    422, each thing with its place.
    """

    @staticmethod
    def decode(data: bytes) -> Any:
        """The value in a body, which is read as the command reads a file."""
        return decode_resume(data)

    @classmethod
    def model_json_schema(cls, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        """The outline: what is checked beyond it has many forms that are read as well."""
        name = {"type": "string", "pattern": r"\S", "maxLength": NAME_LENGTH}
        return {
            "title": cls.__name__,
            "description": (cls.__doc__ or "").strip(),
            "type": "object",
            "required": ["basics"],
            "properties": {
                "basics": {"type": "object", "required": ["name"], "properties": {"name": name}}
            },
        }


class RowCounts(BaseModel):
    """How many rows came to what. Each row counts once, for the strongest of it."""

    created: int = 0
    updated: int = Field(0, description="Changed as the file says; nothing of yours is lost.")
    unchanged: int = 0
    removed: int = Field(0, description="Came from the last file and are not in this one.")
    kept: int = Field(0, description="Edited, added or removed here, and left so.")
    overwritten: int = Field(0, description="Edited here, and now as the file says.")

    def __str__(self) -> str:
        return ", ".join(f"{count} {word}" for word, count in self if count) or "none"


class ImportNote(BaseModel):
    """Something that the owner should know."""

    kind: NoteKind
    path: str = Field(description="The place in the file, such as `work[1].startDate`.")
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.path} {self.detail}"


class ChangedRow(BaseModel):
    """A row that was made, or changed with no edit lost."""

    change: Literal["created", "updated"]
    path: str = Field(description="The list in the file, such as `work`.")
    name: str


class ImportReport(BaseModel):
    """What an import did; with `dry_run`, what it would do."""

    profile: str = Field(description="The profile's slug.")
    change: Change = Field(description="What became of the profile's basics.")
    dry_run: bool = False
    sections: dict[str, RowCounts] = Field({}, description="By the section's name.")
    projects: RowCounts = RowCounts()
    changed: list[ChangedRow] = Field([], description="The rows created and updated, by name.")
    notes: list[ImportNote] = []


class UndoReport(BaseModel):
    """What the undoing of an import came to."""

    profile: str = Field(description="The profile's slug before it was undone.")
    removed: bool = Field(description="Whether the profile is gone, as the import had made it.")
    lost: list[str] = Field(description="What was edited since the import, and is undone as well.")
