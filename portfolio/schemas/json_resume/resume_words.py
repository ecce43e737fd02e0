"""The words of JSON Resume: the kind of value of each member, and its name from before 1.0."""

SECTION_TEXTS = {
    # section: the member that an item which is a mere text stands for
    "work": None,
    "volunteer": None,
    "education": None,
    "awards": "title",
    "certificates": "name",
    "publications": "name",
    "skills": "name",
    "languages": "language",
    "interests": "name",
    "references": "reference",
    "projects": None,
}
FORMER_NAMES = {
    "basics": {"picture": "image", "website": "url"},
    "work": {"company": "name", "website": "url"},
    "volunteer": {"website": "url"},
    "education": {"gpa": "score"},
    "publications": {"website": "url"},
}
"""By section: names from before 1.0, and what 1.0 calls them."""
STRAY_NAMES = {
    "": {"hobbies": "interests"},
    "education": {"website": "url"},
    "certificates": {"website": "url"},
    "languages": {"name": "language", "level": "fluency"},
    "projects": {"website": "url"},
}
"""Names that stood in drafts, or that people put in; beside the right one they are no fault."""
LISTS = frozenset(("highlights", "courses", "keywords", "roles"))
DATES = frozenset(("startDate", "endDate", "date", "releaseDate"))
LINKS = frozenset(("url", "image"))
MAILS = frozenset(("email",))
TEXTS = frozenset(
    """
    name label phone summary address postalCode city countryCode region network username
    location description position organization institution area studyType score title awarder
    issuer publisher level language fluency reference entity type
    """.split()  # noqa: SIM905 - as a list, one word a line, nobody would read it
)
