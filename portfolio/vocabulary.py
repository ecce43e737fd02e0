"""Words, shapes and limits that the database and the API share. It imports nothing of ours."""

from enum import StrEnum
from typing import Final


class Visibility(StrEnum):
    """Who sees a profile or a project: nobody, who has its address, or everybody."""

    DRAFT = "draft"
    UNLISTED = "unlisted"
    PUBLIC = "public"


class Difficulty(StrEnum):
    """How hard a project was."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    EXPERT = "expert"


class Status(StrEnum):
    """Where a project stands."""

    PLANNING = "planning"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    ON_HOLD = "on_hold"
    ARCHIVED = "archived"


class JobState(StrEnum):
    """How far a job is. One that failed and is tried again is pending."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class DocumentKind(StrEnum):
    """What a job description came as."""

    TEXT = "text"
    """As text in a request."""
    PDF = "pdf"
    DOCX = "docx"
    PLAIN = "plain"
    """A file of plain text or Markdown."""


class AnswerKind(StrEnum):
    """How an answer was made."""

    FACT = "fact"
    """From fields: employers, dates, degrees, counts."""
    EXTRACT = "extract"
    """Sentences of the portfolio, word for word."""
    GENERATED = "generated"
    """Worded by a language model from quoted sentences."""
    REFUSAL = "refusal"
    """The portfolio does not say it."""
    SMALLTALK = "smalltalk"
    """Nothing was asked about the portfolio."""


class Context(StrEnum):
    """Where on the site a question is asked."""

    GENERAL = "general"
    PROJECT = "project"
    EXPERIENCE = "experience"
    SKILLS = "skills"


class SourceType(StrEnum):
    """The parts of a portfolio that hold text, and that a citation points into."""

    PROFILE = "profile"
    PROJECT = "project"
    WORK = "work"
    VOLUNTEER = "volunteer"
    EDUCATION = "education"
    AWARD = "award"
    CERTIFICATE = "certificate"
    PUBLICATION = "publication"
    SKILL = "skill"
    LANGUAGE = "language"
    INTEREST = "interest"
    REFERENCE = "reference"
    SOCIAL_PROFILE = "social_profile"


class Rating(StrEnum):
    """What a visitor thinks of an answer."""

    UP = "up"
    DOWN = "down"


class EventKind(StrEnum):
    """What a visitor did."""

    PAGE_VIEW = "page_view"
    PROJECT_VIEW = "project_view"
    CHAT_START = "chat_start"
    JOB_MATCH = "job_match"
    DOWNLOAD = "download"
    CONTACT = "contact"
    DURATION = "duration"
    """Stayed on a page for so long."""


class VisitDimension(StrEnum):
    """By what visits are counted beside time."""

    DEVICE = "device"
    BROWSER = "browser"
    SYSTEM = "system"
    COUNTRY = "country"
    REFERRER = "referrer"
    CAMPAIGN = "campaign"
    PAGE = "page"
    PROJECT = "project"


class FunnelStep(StrEnum):
    """How far a visitor went."""

    VISIT = "visit"
    PROJECT = "project"
    CHAT = "chat"
    JOB_MATCH = "job_match"
    CONTACT = "contact"


class RecruiterReason(StrEnum):
    """Why a session may be a recruiter's."""

    JOB_ANALYSIS = "job_analysis"
    """Had a job description matched."""
    COMPANY_REFERRER = "company_referrer"
    """Came from a site where jobs are filled, or from one that the owner named."""
    REPEATED_VISITS = "repeated_visits"
    """Came several times on one day."""


class Scope(StrEnum):
    """What a token may do; each scope includes the ones before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def includes(self, other: "Scope") -> bool:
        """Whether a token of this scope may do what `other` allows."""
        order = list(Scope)
        return order.index(self) >= order.index(other)


# Regular expressions that Python and PostgreSQL read alike.
SLUG_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
UUID_PATTERN: Final = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
DATE_PATTERN: Final = r"^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
PARTIAL_DATE_PATTERN: Final = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
FIRST_DAY: Final = "1000-01-01"
LAST_DAY: Final = "2999-12-31"
"""What DATE_PATTERN allows, as a range."""
COUNTRY_PATTERN: Final = r"^[A-Z]{2}$"
PATH_PATTERN: Final = r"^/[^?#]*$"

MEDIA_PATTERN: Final = r"[0-9a-f]{64}\.(?:jpg|png|webp)"
"""Names of the files of images: SHA-256 of the content, and the format."""
MEDIA_TYPES: Final = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}

# Lengths in Unicode code points.
SLUG_LENGTH: Final = 80
NAME_LENGTH: Final = 200
SHORT_LENGTH: Final = 100
EMAIL_LENGTH: Final = 254
URL_LENGTH: Final = 2000
SUMMARY_LENGTH: Final = 1000
TEXT_LENGTH: Final = 10_000
DESCRIPTION_LENGTH: Final = 50_000
QUESTION_LENGTH: Final = 4000
HOST_LENGTH: Final = 253
PATH_LENGTH: Final = 500
JOB_TEXT_LEAST: Final = 50
JOB_TEXT_AT_ONCE: Final = 20_000
"""Job descriptions up to this length are answered at once, longer ones by a task."""

# Numbers.
LIST_ITEMS: Final = 100
SECTION_ITEMS: Final = 200
"""Items of a section, and projects of a profile: what is exported can be imported."""
PROJECT_IMAGES: Final = 20
CONVERSATION_MESSAGES: Final = 200
EVENTS_AT_ONCE: Final = 50
PERIOD_DAYS: Final = 366
"""Days of which statistics can be asked for at a time."""
DAY_IN_MS: Final = 86_400_000
REPEATED_VISITS: Final = 3
"""Visits of one day from which on a session may be a recruiter's."""
COMPLEXITY_RANGE: Final = (1, 10)
TEAM_RANGE: Final = (1, 10_000)
SORT_RANGE: Final = (0, 1_000_000)
BODY_BYTES: Final = 2 * 1024 * 1024
"""The largest body of a request, unless a setting says otherwise."""
RESUME_BYTES: Final = 8 * BODY_BYTES
"""The largest file that a command imports: more than an export of what came in a body."""
TOLD_OF_A_FILE: Final = 5000
"""The most members that an import keeps unknown, and the most values that it reads as others."""

RESERVED_SLUGS: Final = frozenset(
    """
    about account accounts add admin all analysis analyses analytics api archive assets auth
    bulk cache chat clear completions contact conversations count create dashboard database
    default delete docs download edit engagement events export featured feed first funnel health
    healthz help history home images
    import index info internal job jobs last latest links list live login logout
    match matches me media messages metrics models my new next none null openapi order page pages
    password ping popular preferences preview previous private problems profile profiles
    project projects public questions random ready readyz recent refresh reorder resume root rss
    search self sessions settings share shared similar sitemap sort static statistics stats status
    stream sync system tag tags technologies test timeline token tokens undefined unlisted update
    upload uploads user users validate version versions visitors webhooks
    """.split()  # noqa: SIM905 - as a list, one word a line, nobody would read it
)
"""Words that are or may become a part of an address, and so never name a row."""
