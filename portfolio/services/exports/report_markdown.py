"""A match report as CommonMark. Whatever stands in the two texts appears as the text that it is."""

from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.services.exports.report_outline import (
    SUMMARISED,
    Point,
    ReportOutline,
    outline_report,
)
from portfolio.services.exports.resume_markdown import escape


def write_report_markdown(document: Mapping[str, Any]) -> str:
    """The report as Markdown that any reader of CommonMark shows alike."""
    return "\n\n".join(_blocks(outline_report(document))) + "\n"


def _blocks(report: ReportOutline) -> Iterator[str]:
    yield f"# {escape(report.title)}"
    yield " · ".join(map(escape, report.facts))
    if report.summary:
        yield "## Summary"
        yield f"{escape(report.summary)} ({SUMMARISED})"
    if report.scores:
        yield "## Scores"
        yield "\n".join(
            f"- **{score.name}**: {escape(score.value)}"
            + (f". {escape(score.formula)}" if score.formula else "")
            for score in report.scores
        )
    for chapter in report.chapters:
        yield f"## {chapter.title}"
        yield "\n".join(map(_point, chapter.points))


def _point(point: Point) -> str:
    notes = f" ({escape('; '.join(point.notes))})" if point.notes else ""
    lines = [f"- **{escape(point.text)}**{notes}"]
    for quote in point.quotes:
        source = f" ({escape(quote.source)})" if quote.source else ""
        lines.append(
            f"  - \N{LEFT DOUBLE QUOTATION MARK}{escape(quote.text)}"
            f"\N{RIGHT DOUBLE QUOTATION MARK}{source}"
        )
    return "\n".join(lines)
