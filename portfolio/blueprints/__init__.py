"""The addresses: a view parses, calls one service and returns. Views know no SQL."""

from apiflask import APIFlask

# First, so that it is in place before any view is declared.
from portfolio.blueprints.http import adapter  # isort: skip
from portfolio.blueprints import (
    cache,
    chat,
    completions,
    contact,
    conversations,
    database,
    docs,
    health,
    history,
    images,
    imports,
    job_analyses,
    media,
    pages,
    problems,
    profiles,
    projects,
    resumes,
    scripts,
    search,
    sections,
    shared,
    statistics,
    visit_statistics,
    visitors,
)


def register_blueprints(app: APIFlask) -> None:
    """Give the application its addresses."""
    app.json = adapter.JsonProvider(app)
    app.request_class = adapter.StrictRequest
    app.url_map.converters["name"] = adapter.NameConverter
    app.url_map.converters["media"] = adapter.MediaConverter
    for module in (
        *(pages, profiles, sections, resumes, imports, projects, images, media, history, search),
        *(chat, conversations, completions, job_analyses, shared),
        *(visitors, visit_statistics, statistics, contact, scripts),
        *(cache, database, docs, problems, health),
    ):
        app.register_blueprint(module.bp)
