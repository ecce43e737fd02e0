"""When words count as contained in a text."""

import re


def contains(text: str, words: str) -> bool:
    """Whether `words` stand in `text` whole, in whatever case.

    1 is not contained in 1,900 nor in 1.9, and Java not in JavaScript.
    """
    pattern = rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w|[.,]\d)"
    return re.search(pattern, text, re.IGNORECASE) is not None
