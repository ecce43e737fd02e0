"""What an import did, or would do: the report that the API and the command give."""

from typing import Literal

from pydantic import BaseModel, Field

Change = Literal["created", "updated", "unchanged"]
NoteKind = Literal["read", "kept", "overwritten", "removed", "reordered", "unknown", "default"]


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


class ImportReport(BaseModel):
    """What an import did; with `dry_run`, what it would do."""

    profile: str = Field(description="The profile's slug.")
    change: Change = Field(description="What became of the profile's basics.")
    dry_run: bool = False
    sections: dict[str, RowCounts] = Field({}, description="By the section's name.")
    projects: RowCounts = RowCounts()
    notes: list[ImportNote] = []


class UndoReport(BaseModel):
    """What the undoing of an import came to."""

    profile: str = Field(description="The profile's slug before it was undone.")
    removed: bool = Field(description="Whether the profile is gone, as the import had made it.")
    lost: list[str] = Field(description="What was edited since the import, and is undone as well.")
