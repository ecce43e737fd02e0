"""One import under way: columns of a row are merged, and the owner is told what of it matters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from portfolio.schemas.imports import ChangedRow, ImportNote, ImportReport, NoteKind
from portfolio.schemas.json_resume.resume_dialect import Location
from portfolio.services.imports.merging import merge_columns, plain, shown
from portfolio.services.imports.resume_reading import ResumeFile


@dataclass
class Merging:
    """One import under way.

    Attributes:
        said: what the last file said, as this import leaves it for the next in `says`.
        problems: why nothing can be imported, by places of the file.
        left_out: in words, what stays because a public export cannot tell of it.
    """

    file: ResumeFile
    report: ImportReport
    said: Mapping[str, Any]
    overwrite: bool
    says: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[Location, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        """Whether the file is an export that leaves out what is hidden from others."""
        return self.file.resume.meta.extra.export is not None

    def refuse(self, place: Location, text: str) -> None:
        """Say why nothing can be imported."""
        self.problems.append((self.file.reading.came_from(place), text))

    def note(self, kind: NoteKind, place: Location, detail: str) -> None:
        """Tell the owner something."""
        self.tell(kind, self.file.path(place), detail)

    def tell(self, kind: NoteKind, path: str, detail: str) -> None:
        """Tell the owner something of a place of the file itself."""
        # PostgreSQL takes no NUL, and a file may have one anywhere.
        texts = {"path": path.replace("\0", ""), "detail": detail.replace("\0", "")}
        self.report.notes.append(ImportNote(kind=kind, **texts))

    def name_row(self, change: Literal["created", "updated"], place: Location, name: str) -> None:
        """Name a row that was made or changed."""
        path = self.file.path(place)
        self.report.changed.append(ChangedRow(change=change, path=path, name=name))

    def tell_of_what_is_left_out(self) -> None:
        """Tell what stays because the file is for others to read."""
        if self.left_out:
            told = ", ".join(self.left_out)
            detail = f"says that the file leaves out what is hidden here, which stays: {told}"
            self.note("kept", ("meta", "x-portfolio", "export"), detail)

    def tell_of_slug(self, place: Location, here: str | None, says: str) -> None:
        """Tell that a slug is another here than in the file: slugs are never changed."""
        detail = f"is {shown(here)} here, and stays so; the file says {shown(says)}"
        self.note("kept", place, detail)

    def write_columns(
        self,
        row: Any,
        says: Mapping[str, Any],
        said: Mapping[str, Any] | None,
        place: Callable[[str], Location],
    ) -> str:
        """Merge the columns of a row, tell what was edited here, and give what became of it."""
        here = {column: getattr(row, column) for column in says}
        merged = merge_columns(here, says, said, overwrite=self.overwrite)
        for column in merged.kept:
            self.note(
                "kept",
                place(column),
                f"was edited here and says {shown(here[column])}; "
                f"the file still says {shown(says[column])}",
            )
        for column in merged.overwritten:
            self.note(
                "overwritten",
                place(column),
                f"said {shown(here[column])} here; now it says {shown(says[column])}, as the file",
            )
        for column, value in merged.changes.items():
            setattr(row, column, value)
        if merged.overwritten:
            return "overwritten"
        return "updated" if merged.changes else "kept" if merged.kept else "unchanged"


def plain_columns(columns: Mapping[str, Any], merging: Merging) -> dict[str, Any]:
    """What an item says, without the unknown members if the file cannot tell of them."""
    return {
        name: plain(value)
        for name, value in columns.items()
        if name != "extra" or not merging.is_public
    }
