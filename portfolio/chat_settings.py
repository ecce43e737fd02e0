"""The settings of chat: how much visitors may ask, and for how long it is kept."""

from ipaddress import ip_network
from typing import Annotated, Any

from limits import parse_many
from pydantic import AfterValidator, BaseModel, Field

from portfolio.caching.redis_adapter.clients import impatience
from portfolio.setting_values import Words

RATE_LIMIT_PATIENCE = 0.25
"""Seconds to wait for the durable Redis before rates are counted in this process."""


def rates(value: str) -> str:
    """The value; raises ValueError unless it is one or more rates, such as `20 per minute`."""
    try:
        parse_many(value)
    except ValueError:
        raise ValueError("expected rates such as `20 per minute; 500 per day`") from None
    return value


def _networks(values: tuple[str, ...]) -> tuple[str, ...]:
    """The values; raises ValueError unless each is an address or a network."""
    for value in values:
        ip_network(value)
    return values


class ChatSettings(BaseModel):
    """What one visitor may ask, how answers are streamed, and how visitors are told apart."""

    CHAT_RATE_LIMIT: Annotated[str, AfterValidator(rates)] = Field(
        "60 per minute; 2000 per day",
        description="What one visitor may ask and send; who shows a `read` token is not limited.",
    )
    CHAT_STREAMS: int = Field(
        24, ge=1, description="Answers that one web process streams at a time; further ones wait."
    )
    CHAT_TIMEOUT: float = Field(
        8.0,
        gt=0,
        le=9,
        description="Longest wait for a language model's wording, in seconds; then the answer is "
        "made of quotes.",
    )
    CONVERSATION_DAYS: int = Field(
        30, ge=1, le=36_500, description="Days for which an unused conversation is kept."
    )
    TRUSTED_PROXIES: Annotated[Words, AfterValidator(_networks)] = Field(
        (),
        description="Addresses or networks of your own proxies, such as `10.0.0.0/8`; only what "
        "they say of a visitor's address in X-Forwarded-For is believed.",
    )


def rate_limit_storage(url: str, prefix: str) -> dict[str, Any]:
    """What tells Flask-Limiter where to count."""
    return {
        "RATELIMIT_STORAGE_URI": url,
        "RATELIMIT_STORAGE_OPTIONS": {
            "key_prefix": f"{prefix}:limits",
            **impatience(RATE_LIMIT_PATIENCE),
        },
    }
