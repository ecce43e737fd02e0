"""Which items are of one organisation."""

from .items import Item


def belongs(item: Item, organisation: str) -> bool:
    """Whether it was there, for them, from them or said by one of them."""
    if item.type in ("work", "volunteer", "education"):
        return item.name == organisation
    if item.type == "project":
        return item.text("/entity") == organisation
    if item.type == "award":
        return item.text("/awarder") == organisation
    return item.type == "reference" and organisation in item.name
