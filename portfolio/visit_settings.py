"""The settings of visits: what one visitor may send, what is kept of it, and for how long."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from portfolio.chat_settings import rates
from portfolio.setting_values import Seconds, Words, empty_or_url_with


class VisitSettings(BaseModel):
    """How visits are counted, and how visitors write to the owner."""

    EVENT_RATE_LIMIT: Annotated[str, AfterValidator(rates)] = Field(
        "120 per minute; 5000 per day",
        description="How often one visitor may send events, up to 50 at a time.",
    )
    EVENT_QUEUE_LENGTH: int = Field(
        200_000,
        ge=0,
        description="Events that wait in the durable Redis for a worker, about 600 bytes each; "
        "those that come after them are written at once, while the visitor's browser waits.",
    )
    VISITOR_DAYS: int = Field(
        90, ge=1, le=36_500, description="Days for which events and sessions are kept."
    )
    VISITOR_COUNTS_PUBLIC: bool = Field(
        False,
        description="Whether everybody may see how many came and what they did: statistics of "
        "visits without names of pages, referrers and so on.",
    )
    RECRUITER_HOSTS: Words = Field(
        (),
        description="Hosts from which recruiters come, such as `acme.example`, besides the sites "
        "where jobs are filled; what is below them counts too.",
    )
    COUNTRY_HEADER: str = Field(
        "",
        pattern=r"^[A-Za-z0-9-]*$",
        description="Header in which one of `TRUSTED_PROXIES` tells a visitor's country, such as "
        "`CF-IPCountry`.",
    )
    COUNTRY_DATABASE: str = Field(
        "",
        description="A file in MaxMind's format that tells the country of an address, such as "
        "`GeoLite2-Country.mmdb`; you supply it.",
    )
    CONTACT_RATE_LIMIT: Annotated[str, AfterValidator(rates)] = Field(
        "3 per minute; 20 per day", description="How often one visitor may write to the owner."
    )
    CONTACT_DAYS: int = Field(
        365, ge=1, le=36_500, description="Days for which messages to the owner are kept."
    )
    CONTACT_WEBHOOK: Annotated[str, empty_or_url_with("http", "https")] = Field(
        "", description="Address to which each message to the owner is sent, as JSON."
    )
    CONTACT_WEBHOOK_TIMEOUT: Seconds = Field(
        10.0, description="Longest wait for that address, then it is tried again later."
    )
