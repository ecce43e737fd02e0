"""Which content codings a client takes, for any header that it may send."""

from hypothesis import given
from hypothesis import strategies as st

from portfolio.caching.web.negotiation import PREFERENCE, acceptable_codings

_WEIGHT = st.sampled_from(["", ";q=0", ";q=0.0", ";q=0.5", ";q=1", "; q=0.001"])
_CODING = st.sampled_from([*PREFERENCE, "*", "deflate", "GZIP", "x-gzip"])


@given(st.lists(st.tuples(_CODING, _WEIGHT), max_size=15))  # longer headers are not weighed
def test_a_refused_coding_is_never_chosen(offers: list[tuple[str, str]]) -> None:
    codings = acceptable_codings(", ".join(name + weight for name, weight in offers))
    names = {"x-gzip": "gzip", "GZIP": "gzip"}
    liked: dict[str, float] = {}
    for name, weight in offers:
        quality = float(weight.partition("=")[2] or 1)
        name = names.get(name, name)
        liked[name] = max(liked.get(name, 0), quality)
    for coding in PREFERENCE:
        default = liked.get("*", 1 if coding == "identity" else 0)
        assert (coding in codings) == (liked.get(coding, default) > 0)


@given(st.text(max_size=300))
def test_any_header_is_read(text: str) -> None:
    assert set(acceptable_codings(text)) <= set(PREFERENCE)
