"""Every setting: its name (in the environment and in Flask's config), default and meaning."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationError

from portfolio.chat_settings import ChatSettings, rate_limit_storage
from portfolio.connection_pool import pool_options
from portfolio.job_settings import JobSettings
from portfolio.language_model_settings import LanguageModelSettings
from portfolio.query_settings import QuerySettings
from portfolio.setting_values import Seconds, Words, folder_or_bucket, url_with
from portfolio.visit_settings import VisitSettings
from portfolio.vocabulary import BODY_BYTES

INSTANCE_FILE = "instance.json"
"""Written by the local launcher into PORTFOLIO_VAR: the settings of the running instance."""


class SettingsError(Exception):
    """A setting is missing or unusable; the message has one sentence for each."""


class Settings(ChatSettings, JobSettings, LanguageModelSettings, QuerySettings, VisitSettings):
    """The settings of one process. Times are seconds, sizes bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    HOST: str = Field("127.0.0.1", description="Address the web server listens on.")
    PORT: int = Field(8000, ge=1, le=65535, description="Port the web server listens on.")
    PUBLIC_URL: Annotated[str, AfterValidator(lambda url: url.rstrip("/"))] = Field(
        "", description="Address that the outside world uses, for example https://me.example.org."
    )
    ALLOWED_HOSTS: Words = Field(
        (),
        description="Host names answered besides localhost and PUBLIC_URL's; `*` allows any.",
    )
    CORS_ORIGINS: Words = Field(
        (),
        description="Origins whose pages may write and send tokens. Public reads are open to all.",
    )
    SECRET_KEY: str = Field(min_length=16, description="Signs what must not be forged.")
    ADMIN_TOKEN: str = Field(
        "",
        max_length=200,
        pattern="^[!-~]*$",
        description="Presets the first admin token; at least 20 characters, none of them a space.",
    )
    PORTFOLIO_VAR: Path = Field(
        Path("var"), description="Folder of everything embedded: databases, uploads, logs."
    )
    WEB_THREADS: int = Field(
        128,
        ge=4,
        description="Threads of one web process. Half of them may wait for what is being "
        "computed, and a quarter for the bodies of requests; who comes after them is told to come "
        "back.",
    )
    MAX_CONTENT_LENGTH: int = Field(BODY_BYTES, gt=0, description="Largest request body, in bytes.")

    PORTFOLIO_MEDIA: Annotated[str, AfterValidator(folder_or_bucket)] = Field(
        "",
        description="Where uploaded images lie: a folder, or `s3://bucket/folder` in any "
        "S3-compatible store; by default the folder `media` in `PORTFOLIO_VAR`.",
    )
    IMAGE_MAX_BYTES: int = Field(
        10 * 1024 * 1024, gt=0, description="Largest image that may be uploaded, in bytes."
    )
    IMAGE_MAX_PIXELS: int = Field(
        40_000_000,
        gt=0,
        le=89_000_000,
        description="Most pixels of an image, width times height. 40 million take up to 1 GB "
        "of memory while they are worked on.",
    )

    DATABASE_URL: Annotated[str, url_with("postgresql", "postgresql+psycopg")] = Field(
        description="The PostgreSQL database."
    )
    DATABASE_POOL_SIZE: int = Field(
        16, ge=1, description="Connections held by one process; more threads than that wait."
    )
    DATABASE_POOL_TIMEOUT: Seconds = Field(
        2.0, description="Longest wait for a connection, then the answer is 503."
    )
    DATABASE_STATEMENT_TIMEOUT: Seconds = Field(
        5.0, description="Longest run of one statement, then the answer is 503."
    )
    DATABASE_LOCK_TIMEOUT: Seconds = Field(
        2.0, description="Longest wait for a lock, then the answer is 503."
    )

    HISTORY_DAYS: int = Field(
        365, ge=1, le=36_500, description="Days for which it is kept who changed what."
    )

    REDIS_URL: Annotated[str, url_with("redis", "rediss", "unix")] = Field(
        description="The Redis that holds the cache; anything in it may be evicted."
    )
    CELERY_BROKER_URL: Annotated[str, url_with("redis", "rediss")] = Field(
        description="The durable Redis: task queue and counters."
    )
    CELERY_TASK_TIME_LIMIT: Seconds = Field(
        60.0, description="Longest run of one task; embedding has half an hour."
    )
    CELERY_VISIBILITY_TIMEOUT: Seconds = Field(
        120.0,
        description="A task whose worker vanished is started again after this time; "
        "must exceed CELERY_TASK_TIME_LIMIT.",
    )

    CACHE_KEY_PREFIX: str = Field(
        "portfolio",
        pattern=r"^[A-Za-z0-9_.-]{1,40}$",
        description="First part of every cache key; one for each installation on a shared Redis.",
    )
    CACHE_TIMEOUT: Seconds = Field(
        0.05, description="Longest wait for the cache Redis before a read goes to the database."
    )
    CACHE_RETRY_INTERVAL: Seconds = Field(
        1.0, description="Time between two attempts to reach a cache Redis that failed."
    )
    CACHE_MEMORY: int = Field(
        64 * 1024 * 1024,
        ge=0,
        description="Bytes of each web process's own memory for copies of entries; 0 for none.",
    )
    EMBEDDING_MODEL: str = Field(
        "",
        description="The language model of search and answers: a local folder or a name on the "
        "hub of sentence-transformers; by default all-MiniLM-L6-v2, which is installed already.",
    )
    MODELS_FOLDER: str = Field(
        "",
        description="Folder of models made ready for the web process; by default "
        "`share/portfolio/models` in the Python environment.",
    )
    ENCODER: Literal["onnx", "torch"] = Field(
        "onnx",
        description="What runs the model: `onnx` loads fast and is small; `torch`, the reference, "
        "is for much at a time, and set by the worker for itself.",
    )

    CACHE_TTL: Annotated[dict[str, int], BeforeValidator(dict)] = Field(
        {},
        description="Lifetimes by policy that differ from the policy table, "
        "each from its own variable `CACHE_TTL_<POLICY>`.",
    )

    def model_post_init(self, _context: Any) -> None:
        """Check what no single field can."""
        if self.CELERY_VISIBILITY_TIMEOUT <= self.CELERY_TASK_TIME_LIMIT:
            raise ValueError("CELERY_VISIBILITY_TIMEOUT must exceed CELERY_TASK_TIME_LIMIT")
        if self.ADMIN_TOKEN and len(self.ADMIN_TOKEN) < 20:
            raise ValueError("ADMIN_TOKEN must have at least 20 characters, none of them a space")

    @property
    def database_patience(self) -> float:
        """Seconds to wait for a database that does not even say that a limit was reached."""
        return max(self.DATABASE_STATEMENT_TIMEOUT, self.DATABASE_LOCK_TIMEOUT) + 1

    @property
    def media_location(self) -> Path | str:
        """Where images lie: a folder as a path, or the address of a bucket."""
        if self.PORTFOLIO_MEDIA.startswith("s3://"):
            return self.PORTFOLIO_MEDIA
        return Path(self.PORTFOLIO_MEDIA or self.PORTFOLIO_VAR / "media").absolute()

    @property
    def models_folder(self) -> Path:
        """Where exported models lie: by default beside the packages, and as long as they."""
        given = self.MODELS_FOLDER
        return Path(given) if given else Path(sys.prefix, "share/portfolio/models")

    def for_flask(self) -> dict[str, Any]:
        """These settings, and what follows from them for the extensions, as Flask's config."""
        seconds = {
            "statement_timeout": self.DATABASE_STATEMENT_TIMEOUT,
            "lock_timeout": self.DATABASE_LOCK_TIMEOUT,
            "idle_in_transaction_session_timeout": 60.0,
        }
        options = " ".join(f"-c {name}={int(limit * 1000)}" for name, limit in seconds.items())
        return {
            **self.model_dump(),
            "MEDIA_LOCATION": self.media_location,
            "SQLALCHEMY_DATABASE_URI": self.DATABASE_URL,
            "SQLALCHEMY_ENGINE_OPTIONS": {
                **pool_options(self.DATABASE_POOL_SIZE, self.DATABASE_POOL_TIMEOUT),
                # Errors come into logs; what visitors did does not.
                "hide_parameters": True,
                "connect_args": {"options": options},
            },
            "CACHE_TYPE": "portfolio.caching.flask_adapter.backend.EngineBackend",
            "MODELS_FOLDER": self.models_folder,
            "CACHE_LEDGER_URL": self.CELERY_BROKER_URL,
            **rate_limit_storage(self.CELERY_BROKER_URL, self.CACHE_KEY_PREFIX),
            "CACHE_WAITING_LIMIT": self.WEB_THREADS // 2,
        }

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the environment, over what the running local instance left for its commands.

        Raises:
            SettingsError: a setting is missing or unusable, or the instance's file is damaged.
        """
        values: dict[str, Any] = {**_instance_values(environ), **environ}
        values = {name: values[name] for name in cls.model_fields if values.get(name)}
        values["CACHE_TTL"] = _lifetimes(environ)
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError("\n".join(map(_sentence, error.errors()))) from None


def _instance_values(environ: Mapping[str, str]) -> dict[str, str]:
    path = Path(environ.get("PORTFOLIO_VAR") or "var") / INSTANCE_FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error
    return {str(name): str(value) for name, value in values.items()}


def _lifetimes(environ: Mapping[str, str]) -> dict[str, int]:
    prefix = "CACHE_TTL_"
    lifetimes = {}
    for name, value in environ.items():
        if not name.startswith(prefix):
            continue
        if not value.isdecimal() or int(value) == 0:
            raise SettingsError(f"{name}: expected whole seconds above 0, got {value!r}.")
        lifetimes[name.removeprefix(prefix).lower()] = int(value)
    return lifetimes


def _sentence(error: Any) -> str:
    name = ".".join(map(str, error["loc"]))
    if error["type"] == "missing":
        return f"{name} is not set; `make run` sets it, or give it in the environment."
    message = error["msg"].removeprefix("Value error, ")
    return f"{name}: {message}." if name else f"{message}."
