"""Rounded figures of statistics; there is none where nothing was counted."""


def ratio(part: float, whole: float, digits: int = 4) -> float | None:
    """The quotient, if there is one."""
    return rounded(part / whole, digits) if whole else None


def rounded(value: float | None, digits: int) -> float | None:
    """A figure of the database, if there is one."""
    return None if value is None else round(float(value), digits)
