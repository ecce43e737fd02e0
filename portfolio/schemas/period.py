"""Which days statistics are about: the last ones, or from one day to another, in a time zone."""

from datetime import date
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints
from pydantic import create_model as make_model

from portfolio.schemas.lists import digits
from portfolio.schemas.values import Day, wrong
from portfolio.vocabulary import PERIOD_DAYS


@cache
def known_zones() -> frozenset[str]:
    """All but what means something else on each machine."""
    return frozenset(available_timezones() - {"localtime"})


def _known_zone(name: str) -> str:
    if name not in known_zones():
        raise wrong("is no time zone that is known here")
    return name


TimeZone = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_+/-]+$", max_length=64),
    AfterValidator(_known_zone),
]


class _Period(BaseModel):
    days: Annotated[int, Field(ge=1, le=PERIOD_DAYS), BeforeValidator(digits)] | None = Field(
        None,
        description="How many days, up to `to` or from `from` on; 30 if nothing is said. "
        "With both of them it has to be their number.",
    )


_FIELDS: dict[str, Any] = {
    # A word of Python's own, which no attribute in a class body can have for a name.
    "from": (Day | None, Field(None, description="The first day.")),
    "to": (Day | None, Field(None, description="The last day; by default today.")),
    "time_zone": (
        TimeZone | None,
        Field(
            None,
            description="Whose days and hours: a name such as `Europe/Berlin`; by default UTC.",
            examples=["Europe/Berlin"],
        ),
    ),
}
PeriodQuery = make_model(
    "PeriodQuery", __base__=_Period, __doc__="Which days, at most 366.", **_FIELDS
)


def period_of(query: BaseModel) -> dict[str, Any]:
    """What is asked for, under the names that services give it."""
    asked = query.model_dump(mode="json")
    return {
        "days": asked["days"],
        "first": asked["from"],
        "last": asked["to"],
        "zone": asked["time_zone"],
    }


class DaysTold(BaseModel):
    """Which days an answer is about."""

    first_day: date
    last_day: date
    time_zone: str
