"""When a server says that it may be asked again."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds of a Retry-After header, which may be a date; None if it is neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    return (moment - (now or datetime.now(UTC))).total_seconds()
