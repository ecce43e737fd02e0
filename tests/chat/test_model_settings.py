"""The settings of the language model are checked at the start, and its key is never told."""

import pytest

from portfolio.config import Settings, SettingsError

REQUIRED = {
    "PORTFOLIO_VAR": "/nonexistent",
    "SECRET_KEY": "a secret for tests only",
    "DATABASE_URL": "postgresql://localhost/none",
    "REDIS_URL": "redis://localhost",
    "CELERY_BROKER_URL": "redis://localhost",
}
MODEL = {"LLM_BASE_URL": "https://model.example/v1/", "LLM_MODEL": "m", "LLM_API_KEY": "sk-secret"}


def load(**settings: str) -> Settings:
    return Settings.load({**REQUIRED, **settings})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://model.example/v1/", "https://model.example/v1"),
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_of_a_server_is_kept_without_its_last_slash(given: str, kept: str) -> None:
    assert kept == load(LLM_BASE_URL=given, LLM_MODEL="m").LLM_BASE_URL


@pytest.mark.parametrize(
    "given",
    [
        "ftp://model.example",
        "file:///etc/passwd",
        "model.example/v1",
        "https://",
        "https://user:secret@model.example",
        "https://model.example/v1?key=secret",
        "https://model.example/#x",
        "https://model.example:99999",
        "https://model.example/a b",
        "https://[::1",
    ],
)
def test_what_is_no_address_of_a_server_stops_the_start(given: str) -> None:
    with pytest.raises(SettingsError, match="LLM_BASE_URL: expected http") as refused:
        load(LLM_BASE_URL=given, LLM_MODEL="m")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "given",
    [
        {"LLM_BASE_URL": "https://model.example"},
        {"LLM_MODEL": "m"},
        {"LLM_API_KEY": "sk-secret"},
        {**MODEL, "LLM_API_KEY": "sk-secret\r\nHost: elsewhere"},
        {**MODEL, "LLM_TIMEOUT": "0"},
        {**MODEL, "LLM_DAILY_TOKENS": "-1"},
        {**MODEL, "LLM_MAX_TOKENS": "1000000"},
    ],
)
def test_halves_and_nonsense_stop_the_start(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        load(**given)
    assert "secret" not in str(refused.value)


def test_the_key_is_not_shown() -> None:
    settings = load(**MODEL)
    assert settings.LLM_API_KEY.get_secret_value() == "sk-secret"
    for text in (repr(settings), str(settings.for_flask()), settings.model_dump_json()):
        assert "sk-secret" not in text


def test_summaries_of_reports_are_off_and_need_a_model() -> None:
    assert load(**MODEL).LLM_JOB_SUMMARIES is False
    assert load(**MODEL, LLM_JOB_SUMMARIES="true").LLM_JOB_SUMMARIES is True
    with pytest.raises(SettingsError, match="LLM_JOB_SUMMARIES needs LLM_BASE_URL"):
        load(LLM_JOB_SUMMARIES="true")
