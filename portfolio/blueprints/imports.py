"""The addresses by which résumés are brought in, and taken back."""

from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from portfolio.blueprints.examples import content_examples
from portfolio.schemas.imports import (
    ImportQuery,
    ImportReport,
    ResumeDocument,
    UndoQuery,
    UndoReport,
)
from portfolio.security import require_scope
from portfolio.services.imports.import_undoing import undo_import
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_document

TAG = {"name": "Imports", "description": "Résumés as files: brought in, and taken back."}
CHANGED: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {
        "description": "Done, or with `dry_run` only told; `Location` is the profile's address.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ImportReport"}}},
    }
}

bp = APIBlueprint("imports", __name__, url_prefix="/api/v1/profiles", tag=TAG)


@bp.post("/import/")
@require_scope("write")
@bp.input(ImportQuery, location="query")
@bp.input(ResumeDocument, examples=content_examples.RESUME)
@bp.output(
    ImportReport, status_code=201, description="It made a profile; `Location` is its address."
)
@bp.doc(summary="Import a résumé", responses=CHANGED)
def import_profile(
    query_data: ImportQuery, json_data: ResumeDocument
) -> tuple[ImportReport, int, dict[str, str]]:
    """JSON Resume 1.0 or the dialect before it, as one whole or not at all.

    What was edited here since the last import stays, unless the file has changed in that place
    too; the notes tell all of it. Rows keep their ids, profiles and projects their slugs.
    """
    report = import_resume(
        read_document(json_data.root),
        actor="API",
        profile_slug=query_data.profile,
        dry_run=query_data.dry_run,
        overwrite=query_data.overwrite,
    )
    made = report.change == "created" and not report.dry_run
    location = url_for("profiles.show_profile", slug=report.profile)
    return report, 201 if made else 200, {"Location": location}


@bp.post("/<name:slug>/undo-import/")
@require_scope("write")
@bp.input(UndoQuery, location="query")
@bp.output(UndoReport)
@bp.doc(summary="Undo the last import of a profile", responses=[409])
def undo_last_import(slug: str, query_data: UndoQuery) -> UndoReport:
    """Everything is as it was before, ids included; a profile that the import made is removed.

    Refused if anything was edited since, unless with `force`; then that is undone as well.
    """
    return undo_import(slug, force=query_data.force)
