"""Texts that look like job descriptions, and texts that do not."""

from hypothesis import strategies as st

PIECES = [
    *[
        "Requirements\n",
        "Nice to have:\n",
        "About us\n",
        "What we offer\n",
        "- ",
        "\n",
        "\n\n",
        ". ",
    ],
    *["Python", "Go", "go", "C++", "C", "R", "React Native", "PostgreSQL", "Zorblax", "English"],
    *[" or ", " and ", ", ", "/", "; ", " (", ")", " but ", " without ", "no ", "not required"],
    *[
        "5+ years of ",
        "three years",
        "is a plus",
        "must know ",
        "preferred",
        "such as ",
        "one of: ",
    ],
    *[
        "Bachelor's degree in ",
        "Computer Science",
        "communication skills",
        "we ",
        "\u200b",
        "\u00a0",
    ],
    *[
        "https://example.com/python",
        "e.g. ",
        "\U0001f680 ",
        "\u2022 ",
        "ß",
        "İ",
        "1) ",
        "C#",
        " . NET",
    ],
]
pieced_texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
any_texts = st.one_of(
    pieced_texts, st.text(max_size=300), st.text(alphabet=".,;-/+#&()\n aC", max_size=300)
)
