"""Rows in an order that somebody gives them."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import Uuid, cast, func, update
from sqlalchemy.dialects.postgresql import ARRAY

from portfolio.errors import Invalid
from portfolio.extensions import db
from portfolio.models import Project, Section


def check_order(
    order: Sequence[uuid.UUID], owners: Mapping[uuid.UUID, uuid.UUID], kind: str
) -> None:
    """See that an order names each row once, and rows of one profile only.

    Args:
        owners: the profile of each row that there is.
        kind: what the rows are, for people.

    Raises:
        Invalid: an id is unknown or given twice, or belongs to another profile than the first.
    """
    errors: list[tuple[int, str]] = []
    seen: set[uuid.UUID] = set()
    for place, number in enumerate(order):
        if number in seen:
            errors.append((place, "is given twice"))
        elif number not in owners:
            errors.append((place, f"is not the id of {kind}"))
        elif owners[number] != owners.get(order[0], owners[number]):
            errors.append((place, "belongs to another profile than the first"))
        seen.add(number)
    if errors:
        raise Invalid([{"pointer": f"#/order/{place}", "detail": text} for place, text in errors])


def set_places(model: type[Project] | type[Section], order: Sequence[uuid.UUID | None]) -> None:
    """Number the rows from 1 in this order; None leaves a place free."""
    ids = cast(list(order), ARRAY(Uuid))
    numbered = func.unnest(ids).table_valued("id", with_ordinality="place")
    placed = numbered.render_derived()
    db.session.execute(
        update(model)
        .where(model.id == placed.c.id, model.sort_order != placed.c.place)
        .values(sort_order=placed.c.place)
        .execution_options(synchronize_session=False)
    )
