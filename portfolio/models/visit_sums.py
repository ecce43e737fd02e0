"""Sums of visits, which tell of nobody: by quarter of an hour, by day, by day and value, and of the
last minutes by minute and page.

What each column means is told in docs/visitors.md; services/visits/rollups.py keeps them.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, DateTime, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.models.base import Model, one_of
from portfolio.vocabulary import PATH_LENGTH, VisitDimension


def _sum() -> Mapped[int]:
    return mapped_column(BigInteger)


class VisitorQuarter(Model):
    """What happened in a quarter of an hour: of it hours and days of every time zone are made."""

    __tablename__ = "visitor_quarters"

    start: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    visits: Mapped[int] = _sum()
    page_views: Mapped[int] = _sum()
    project_views: Mapped[int] = _sum()
    chat_starts: Mapped[int] = _sum()
    job_matches: Mapped[int] = _sum()
    downloads: Mapped[int] = _sum()
    contacts: Mapped[int] = _sum()
    durations: Mapped[int] = _sum()
    duration_ms: Mapped[int] = _sum()


class VisitorDay(Model):
    """How many visitors of a day (UTC) did what."""

    __tablename__ = "visitor_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    visitors: Mapped[int] = _sum()
    bots: Mapped[int] = _sum()
    recruiters: Mapped[int] = _sum()
    visits: Mapped[int] = _sum()
    page_views: Mapped[int] = _sum()
    viewers: Mapped[int] = _sum()
    bounces: Mapped[int] = _sum()
    project_viewers: Mapped[int] = _sum()
    chatters: Mapped[int] = _sum()
    matchers: Mapped[int] = _sum()
    downloaders: Mapped[int] = _sum()
    contacters: Mapped[int] = _sum()
    stayers: Mapped[int] = _sum()
    duration_ms: Mapped[int] = _sum()
    scored_pages: Mapped[int] = _sum()
    scored_projects: Mapped[int] = _sum()
    scored_ms: Mapped[int] = _sum()


class VisitorValue(Model):
    """How often a value came on a day (UTC): visitors with a browser, views of a page."""

    __tablename__ = "visitor_values"

    dimension: Mapped[str] = mapped_column(String(10), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    value: Mapped[str] = mapped_column(String(PATH_LENGTH), primary_key=True)
    count: Mapped[int] = _sum()

    __table_args__ = (one_of("dimension", VisitDimension),)


class VisitorMinute(Model):
    """What happened in one of the last minutes, and the lowest number of its events."""

    __tablename__ = "visitor_minutes"

    start: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    first_number: Mapped[int] = mapped_column(BigInteger)
    page_views: Mapped[int] = _sum()


class VisitorRecentPage(Model):
    """How often a page was viewed in five of the last minutes."""

    __tablename__ = "visitor_recent_pages"

    start: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    path: Mapped[str] = mapped_column(String(PATH_LENGTH), primary_key=True)
    page_views: Mapped[int] = _sum()


class VisitorRollup(Model):
    """Up to which event the sums go, and which day is still added to. There is one row or none."""

    __tablename__ = "visitor_rollups"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    open_day: Mapped[date] = mapped_column(Date)

    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
