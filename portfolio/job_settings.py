"""The settings of job analyses: how much visitors may send, and for how long it is kept."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from portfolio.chat_settings import rates


class JobSettings(BaseModel):
    """What one visitor may have matched."""

    JOB_RATE_LIMIT: Annotated[str, AfterValidator(rates)] = Field(
        "20 per minute; 500 per day",
        description="How many job descriptions one visitor may have matched; who shows a `read` "
        "token is not limited.",
    )
    JOB_FILE_MAX_BYTES: int = Field(
        10 * 1024 * 1024, gt=0, description="Largest file with a job description, in bytes."
    )
    JOB_ANALYSIS_DAYS: int = Field(
        30, ge=1, le=36_500, description="Days for which a job description and its report are kept."
    )
