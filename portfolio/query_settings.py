"""The settings of what is recorded of the database's statements."""

from pydantic import BaseModel, Field

from portfolio.setting_values import Seconds


class QuerySettings(BaseModel):
    """Which statements are called slow, which repeated, and how many are remembered."""

    QUERY_SLOW_AFTER: Seconds = Field(
        0.1, description="Time from which on one run of a statement is recorded as slow."
    )
    QUERY_REPEATED_AFTER: int = Field(
        10,
        ge=1,
        description="Runs of one statement in one request or task beyond which it is named as "
        "repeated (N+1).",
    )
    QUERY_RECORDS: int = Field(
        500,
        ge=1,
        le=2000,
        description="Statements that are remembered; those that were never slow make room first.",
    )
