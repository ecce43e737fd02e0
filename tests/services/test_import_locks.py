"""Edits that are committed while an import or an undo runs are seen by it, and never lost."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from apiflask import APIFlask
from sqlalchemy import insert, select, text, update

from portfolio.errors import Conflict
from portfolio.extensions import db
from portfolio.models import Project, ProjectImage, Skill, Work
from portfolio.services.imports.import_undoing import undo_import
from tests.services.test_import_undoing import dump
from tests.services.test_importing import RESUME, changed, load
from tests.waiting import until

TIDES = Project.slug == "tide-tables"
EDITS = {
    "project": update(Project).where(TIDES).values(summary="Edited"),
    "work": update(Work).where(Work.position == "Developer").values(summary="Edited"),
    "skill": insert(Skill).from_select(
        ["profile_id", "name"], select(Project.profile_id, text("'Edited'")).where(TIDES)
    ),
    "image": insert(ProjectImage).from_select(
        ["project_id", "sort_order", "caption", "files"],
        select(Project.id, text("1, 'Edited', '[{\"name\": \"a\"}]'::jsonb")).where(TIDES),
    ),
}
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
OTHER = changed(basics={"name": "Ines Calder", "label": "Changed"})


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def run_beside(app: APIFlask, edit: Any, work: Callable[[], Any]) -> Any:
    """The work's result, with an edit that is made before it and committed while it waits."""

    def run() -> Any:
        with app.app_context():
            return work()

    db.session.rollback()
    with ThreadPoolExecutor(1) as pool:
        with db.engine.begin() as editor:
            editor.execute(edit)
            result: Future[Any] = pool.submit(run)
            until(lambda: editor.exec_driver_sql(WAITING).scalar(), seconds=5)
        return result.result()


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_undoing_gives_back_what_was_edited_while_the_import_began(
    app: APIFlask, edit: Any
) -> None:
    load(RESUME)
    run_beside(app, edit, lambda: load(OTHER))
    assert undo_import("ines-calder").lost == []
    assert "Edited" in str(dump())


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_what_is_edited_while_undoing_begins_stops_it(app: APIFlask, edit: Any) -> None:
    load(RESUME)
    load(OTHER)
    with pytest.raises(Conflict, match="Undoing would lose"):
        run_beside(app, edit, lambda: undo_import("ines-calder"))
    assert "Edited" in str(dump())
