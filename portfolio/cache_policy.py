"""THE page of cache policies: what is cached, for how long, and what makes it invalid.

A tag names data: `project` is the whole table, `project:slug=x` one row, `project:*` a change too
wide to name rows. WATCHED says which table's triggers speak which tags.
"""

from dataclasses import replace

from portfolio.caching.policy import CacheType, Form, Policy, PolicyTable

API_TTL = 3600
QUERY_TTL = 1800
STATISTICS_TTL = 900
EMBEDDING_TTL = 24 * 3600
KNOWLEDGE_TTL = 24 * 3600
QUESTION_TTL = 3600
ANALYSES_TTL = 300
VISITORS_TTL = 300
NOW_TTL = 10
REPORTS = 512
"""Most match reports that are kept at a time; one has some 100 KB."""
ANSWERS = 4096
"""Most answers that are kept at a time."""
STALE = 3600
"""Seconds after the ttl in which what nothing has invalidated is still served, while renewed."""
ABSENT = 30
"""Seconds for which it is remembered that nothing has an address."""

WATCHED = {
    # table: (entity, columns that its row tags go by)
    "profiles": ("profile", ("id", "slug")),
    "projects": ("project", ("id", "slug")),
    "project_images": ("project_image", ("project_id",)),
    "resume_social_profiles": ("resume", ("profile_id",)),
    "resume_work": ("resume", ("profile_id",)),
    "resume_volunteer": ("resume", ("profile_id",)),
    "resume_education": ("resume", ("profile_id",)),
    "resume_awards": ("resume", ("profile_id",)),
    "resume_certificates": ("resume", ("profile_id",)),
    "resume_publications": ("resume", ("profile_id",)),
    "resume_skills": ("resume", ("profile_id",)),
    "resume_languages": ("resume", ("profile_id",)),
    "resume_interests": ("resume", ("profile_id",)),
    "resume_references": ("resume", ("profile_id",)),
    "knowledge_embeddings": ("knowledge", ()),
    "knowledge_sources": ("knowledge", ("profile_id",)),
}

HOME_PAGE = Policy(
    "home_page",
    CacheType.API,
    API_TTL,
    depends=("profile", "project", "project_image"),
    stale=STALE,
)

MATCH_PAGE = replace(HOME_PAGE, name="match_page", depends=("profile",))

PROFILE_LIST = Policy(
    "profile_list",
    CacheType.API,
    API_TTL,
    arguments=("page", "page_size"),
    depends=("profile", "project"),
    stale=STALE,
    free=("page", "page_size"),
)
PROFILE_DETAIL = Policy(
    "profile_detail",
    CacheType.API,
    API_TTL,
    arguments=("slug",),
    depends=("profile:slug={slug}", "profile:*", "project", "resume"),
    stale=STALE,
    error_ttl=ABSENT,
)
RESUME_JSON = replace(PROFILE_DETAIL, name="resume_json")
RESUME_MARKDOWN = replace(PROFILE_DETAIL, name="resume_markdown")
RESUME_PAGE = replace(PROFILE_DETAIL, name="resume_page")
SECTION_LIST = Policy(
    "section_list",
    CacheType.API,
    API_TTL,
    arguments=("slug", "section", "page", "page_size"),
    depends=("profile:slug={slug}", "profile:*", "resume"),
    stale=STALE,
    error_ttl=ABSENT,
    free=("page", "page_size"),
)
SECTION_ITEM = replace(
    SECTION_LIST, name="section_item", arguments=("slug", "section", "item"), free=()
)

PROJECT_LIST = Policy(
    "project_list",
    CacheType.API,
    API_TTL,
    arguments=(
        *("profile", "featured", "open_source", "status", "difficulty", "technology", "search"),
        *("ordering", "page", "page_size"),
    ),
    depends=("project", "profile", "project_image"),
    stale=STALE,
    free=("profile", "technology", "search", "page", "page_size"),
)
PROJECT_DETAIL = Policy(
    "project_detail",
    CacheType.API,
    API_TTL,
    arguments=("ref",),
    # A detail names its profile and images, whose own tags are not known before it has been read.
    depends=("project:id={ref}", "project:slug={ref}", "project:*", "profile", "project_image"),
    stale=STALE,
    error_ttl=ABSENT,
)
PROJECT_FEATURED = replace(
    PROJECT_LIST,
    name="project_featured",
    arguments=("profile", "page", "page_size"),
    free=("profile", "page", "page_size"),
)
PROJECT_IMAGES = replace(
    PROJECT_DETAIL,
    name="project_images",
    arguments=("ref", "page", "page_size"),
    free=("page", "page_size"),
)
PROJECT_IMAGE = replace(PROJECT_DETAIL, name="project_image", arguments=("ref", "image"))
# Asked for at each visit to an image's file: whether everybody may see it.
MEDIA_FILE = Policy(
    "media_file",
    CacheType.QUERY,
    QUERY_TTL,
    arguments=("name",),
    depends=("project_image", "project", "profile"),
    free=("name",),
)
PROJECT_STATS = Policy(
    "project_stats",
    CacheType.API,
    STATISTICS_TTL,
    arguments=("profile",),
    depends=("project", "profile"),
    stale=STALE,
    free=("profile",),
)

PROJECT_STATISTICS = replace(PROJECT_STATS, name="project_statistics", type=CacheType.STATISTICS)

CONTENT = ("profile", "project", "resume")
SEARCH = Policy(
    "search",
    CacheType.API,
    API_TTL,
    arguments=("q", "profile", "type", "technology", "page", "page_size"),
    depends=(*CONTENT, "knowledge"),
    stale=STALE,
    free=("q", "profile", "technology", "page", "page_size"),
)
# Of profiles that are there, no others; and it outlives what is computed with it, which can live
# no longer than it does.
KNOWLEDGE_STATE = Policy(
    "knowledge_state",
    CacheType.QUERY,
    KNOWLEDGE_TTL,
    arguments=("profile",),
    depends=(*CONTENT, "knowledge"),
)
# What a text's embedding is never changes: these depend on nothing. The database keeps those of
# the portfolio's own text for good.
EMBEDDING = Policy(
    "embedding",
    CacheType.EMBEDDINGS,
    EMBEDDING_TTL,
    arguments=("model", "normalisation", "text"),
    depends=(),
    form=Form.FLOAT32,
)
QUESTION_EMBEDDING = replace(EMBEDDING, name="question_embedding", ttl=QUESTION_TTL)

# Questions are free text, yet worth keeping: they are rate-limited where they come in, and have
# more places than other free text. Follow-ups have the message that they follow as `thread`.
RAG_ANSWER = Policy(
    "rag_answer",
    CacheType.RAG,
    QUESTION_TTL,
    arguments=("question", "profile", "project", "context", "thread", "day"),
    depends=(*CONTENT, "knowledge"),
    free=("question", "profile", "project", "thread"),
    brief_ttl=QUESTION_TTL,
    slots=ANSWERS,
)
# What a language model makes of evidence depends on nothing that is not in the key: `evidence`
# stands for the quotes that were found, and `version` for the text that they were found in.
CHAT_ANSWER = Policy(
    "chat_answer",
    CacheType.CHAT,
    QUESTION_TTL,
    arguments=("question", "thread", "version", "evidence", "wording"),
    depends=(),
    free=("question", "thread"),
    brief_ttl=QUESTION_TTL,
    slots=ANSWERS,
)

# `text` is a digest of the description: the words themselves are in no key.
JOB_REPORT = Policy(
    "job_report",
    CacheType.JOB_ANALYSIS,
    QUESTION_TTL,
    arguments=("text", "profile", "scoring", "vocabulary", "month"),
    depends=(*CONTENT, "knowledge"),
    free=("text", "profile"),
    brief_ttl=QUESTION_TTL,
    slots=REPORTS,
    # What a visitor deletes is to be nowhere.
    copied=False,
)
# Visitors' tables are not watched: what is counted there is as old as this at most.
JOB_STATS = Policy(
    "job_stats",
    CacheType.API,
    ANALYSES_TTL,
    arguments=("days", "from", "to", "time_zone"),
    depends=("profile",),
    free=("days", "from", "to", "time_zone"),
    brief_ttl=ANALYSES_TTL,
)
CONVERSATION_STATS = replace(JOB_STATS, name="conversation_stats")
# Days of somebody's choice live as long as the usual ones, in places of their own.
VISITOR_STATISTICS = Policy(
    "visitor_statistics",
    CacheType.STATISTICS,
    VISITORS_TTL,
    arguments=("days", "first", "last", "zone"),
    depends=(),
    free=("days", "first", "last", "zone"),
    brief_ttl=VISITORS_TTL,
)
VISITOR_ENGAGEMENT = replace(VISITOR_STATISTICS, name="visitor_engagement")
VISITOR_FUNNEL = replace(VISITOR_STATISTICS, name="visitor_funnel")
CONVERSATION_QUESTIONS = replace(VISITOR_STATISTICS, name="conversation_questions")
OVERVIEW = replace(VISITOR_STATISTICS, name="overview", depends=("project", "profile"))
VISITOR_REAL_TIME = Policy("visitor_real_time", CacheType.STATISTICS, NOW_TTL, depends=())

POLICIES = PolicyTable(*(value for value in tuple(vars().values()) if isinstance(value, Policy)))
