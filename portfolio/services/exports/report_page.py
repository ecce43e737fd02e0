"""A match report as one HTML page, for screens and for paper."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

from portfolio.services.exports.report_outline import SUMMARISED, outline_report

_STYLE_SHEETS = ("site.css", "resume.css", "report.css")


def write_report(document: Mapping[str, Any]) -> str:
    """The page as the server shows it, with the style sheets beside it."""
    return render_template("report.html", report=outline_report(document), summarised=SUMMARISED)


def write_lone_report(document: Mapping[str, Any]) -> str:
    """The page as a file that needs no other, with the style sheets in it."""
    folder = Path(str(current_app.static_folder))
    style = "\n".join((folder / name).read_text("utf-8") for name in _STYLE_SHEETS)
    return render_template(
        "report.html",
        report=outline_report(document),
        summarised=SUMMARISED,
        style=Markup(style),  # noqa: S704 - our own files
    )
