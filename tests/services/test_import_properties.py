"""Whatever the résumé: importing it again changes nothing, and undoing brings everything back."""

from typing import Any

import pytest
from apiflask import APIFlask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from portfolio.extensions import db
from portfolio.schemas.imports import ImportReport
from portfolio.services.imports.import_undoing import undo_import
from tests.services.test_import_undoing import dump
from tests.services.test_importing import load

few = settings(
    max_examples=15,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # each step in shrinking takes imports
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
texts = st.text(max_size=12)
names = st.sampled_from(["Quay", "Mill", "Зоя", "", "x" * 150]) | texts
dates = st.sampled_from([None, "", "2019", "2019-06", "2019-06-30", 2018, "2020-01-05T10:00:00Z"])
links = st.sampled_from([None, "", "https://example.org/a", "www.example.org"])
lists = st.lists(names, max_size=3) | st.none() | texts
unknown = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


def items(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    optional = {**members, "x-more": unknown}
    return st.lists(st.none() | st.fixed_dictionaries({}, optional=optional), max_size=3)


RESUMES = st.fixed_dictionaries(
    {
        "basics": st.fixed_dictionaries(
            {"name": st.sampled_from(["Ines Calder", "山田太郎"])},
            optional={"label": names, "url": links, "summary": texts, "x-more": unknown},
        )
    },
    optional={
        "work": items(name=names, company=st.just(""), startDate=dates, highlights=lists),
        "education": items(institution=names, gpa=st.floats(0, 4) | st.none(), courses=lists),
        "awards": items(title=names, date=dates, summary=texts),
        "skills": items(name=names, level=texts, keywords=lists) | st.none(),
        "projects": st.lists(
            st.fixed_dictionaries(
                {"name": st.sampled_from(["Tides", "Tides!", "Boats", "潮"])},
                optional={"description": texts, "startDate": dates, "x-more": unknown},
            ),
            max_size=4,
        ),
        "x-more": unknown,
    },
)


@pytest.fixture(autouse=True)
def context(app: APIFlask) -> Any:
    with app.app_context():
        yield


def start_anew() -> None:
    db.session.rollback()
    db.session.execute(text("TRUNCATE profiles CASCADE"))
    db.session.commit()


def is_idle(report: ImportReport) -> bool:
    counts = [report.projects, *report.sections.values()]
    return report.change == "unchanged" and all(
        not (one.created or one.updated or one.removed or one.overwritten) for one in counts
    )


def numbers(state: dict[str, list[str]]) -> list[str]:
    """The ids of the imports that are remembered."""
    return [record.split(",")[0] for record in state["imports"]]


@few
@given(RESUMES)
def test_importing_again_changes_nothing(resume: dict[str, Any]) -> None:
    start_anew()
    load(resume)
    state = dump()
    report = load(resume)
    assert is_idle(report)
    assert not any(note.kind == "kept" for note in report.notes)
    assert dump() == state


@few
@given(RESUMES, RESUMES, st.booleans())
def test_a_dry_run_changes_nothing_and_undoing_brings_everything_back(
    first: dict[str, Any], second: dict[str, Any], edit: bool
) -> None:
    start_anew()
    load(first)
    if edit:
        db.session.execute(
            text("UPDATE resume_work SET summary = 'Edited', sort_order = -sort_order")
        )
        db.session.execute(text("DELETE FROM resume_skills WHERE sort_order = 1"))
        db.session.execute(text("UPDATE projects SET title = title || '!'"))
        db.session.commit()
    before = dump()
    told = load(second, dry_run=True)
    assert dump() == before
    report = load(second)
    assert report.model_copy(update={"dry_run": True}) == told
    after = dump()
    assert is_idle(load(second))
    assert dump() == after
    if numbers(after) != numbers(before):
        undo_import(report.profile)
        assert dump() == before
