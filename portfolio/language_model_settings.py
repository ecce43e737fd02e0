"""The settings of the language model that words answers; without them none is asked."""

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, SecretStr, model_validator

from portfolio.setting_values import Seconds


def _server(value: str) -> str:
    """The address without a slash at its end; raises ValueError when it is more than an address."""
    expected = "expected http://host/path or https://host/path, without password, `?` and `#`"
    try:
        parts = urlsplit(value)
        usable = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if value and (
        not usable
        or parts.scheme not in ("http", "https")
        or "@" in parts.netloc
        or set("?#\\") & set(value)
        or not (value.isascii() and value.isprintable() and " " not in value)
    ):
        raise ValueError(expected)
    return value.rstrip("/")


def _sendable(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value()
    if secret and not (secret.isascii() and secret.isprintable() and " " not in secret):
        raise ValueError("a key has neither blanks nor letters outside of ASCII")
    return value


class LanguageModelSettings(BaseModel):
    """How a language model is reached, and how much of it may be used."""

    LLM_BASE_URL: Annotated[str, AfterValidator(_server)] = Field(
        "",
        description="Any OpenAI-compatible server that words answers, for example "
        "`https://api.openai.com/v1` or `http://127.0.0.1:11434/v1`; without it answers are the "
        "portfolio's own sentences.",
    )
    LLM_API_KEY: Annotated[SecretStr, AfterValidator(_sendable)] = Field(
        SecretStr(""), description="Key for that server, if it wants one."
    )
    LLM_MODEL: str = Field(
        "", max_length=200, description="Name of the model, as that server calls it."
    )
    LLM_CONNECT_TIMEOUT: Seconds = Field(
        2.0, description="Longest wait for a connection with that server."
    )
    LLM_SILENCE_TIMEOUT: Seconds = Field(
        10.0, description="Longest wait for its next word, the first one too."
    )
    LLM_TIMEOUT: Seconds = Field(20.0, description="Longest time for a whole answer of the model.")
    LLM_MAX_TOKENS: int = Field(
        400, ge=16, le=8192, description="Longest answer of the model, in tokens."
    )
    LLM_CONCURRENCY: int = Field(
        8, ge=1, le=128, description="Answers that one process lets it word at a time."
    )
    LLM_DAILY_TOKENS: int = Field(
        200_000,
        ge=0,
        description="Most tokens of a UTC day, questions and answers of all processes; beyond "
        "them, and while the durable Redis is away, it is not asked.",
    )

    LLM_JOB_SUMMARIES: bool = Field(
        default=False,
        description="Whether it also writes a summary of each match report, which takes as long "
        "as its answer; the report and its scores are the same without.",
    )

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        if bool(self.LLM_BASE_URL) != bool(self.LLM_MODEL):
            raise ValueError("LLM_BASE_URL and LLM_MODEL are set together or not at all")
        if self.LLM_JOB_SUMMARIES and not self.LLM_BASE_URL:
            raise ValueError("LLM_JOB_SUMMARIES needs LLM_BASE_URL and LLM_MODEL")
        if self.LLM_API_KEY.get_secret_value() and not self.LLM_BASE_URL:
            raise ValueError("LLM_API_KEY is of no use without LLM_BASE_URL and LLM_MODEL")
        return self
