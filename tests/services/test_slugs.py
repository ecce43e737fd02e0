"""Slugs from any title."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.services.content.slugs import slugify
from portfolio.vocabulary import RESERVED_SLUGS, SLUG_LENGTH, SLUG_PATTERN, UUID_PATTERN

titles = st.one_of(
    st.text(min_size=1, max_size=300),
    st.sampled_from(sorted(RESERVED_SLUGS)),
    st.uuids().map(str),
    st.from_regex(r"[A-Za-z -]{1,120}", fullmatch=True),
)


@given(titles, st.sampled_from(["project", "profile"]))
def test_always_usable(title: str, kind: str) -> None:
    slug = slugify(title, kind=kind)
    assert re.fullmatch(SLUG_PATTERN, slug)
    assert len(slug) <= SLUG_LENGTH - len("-9999")
    assert slug not in RESERVED_SLUGS
    assert not re.fullmatch(UUID_PATTERN, slug)


@given(titles)
def test_a_slug_is_its_own_slug(title: str) -> None:
    slug = slugify(title, kind="project")
    assert slugify(slug, kind="project") == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Straße", "strasse"), ("Søren Æ", "soren-ae"), ("ŁÓDŹ", "lodz"), ("Þór Œ", "thor-oe")],
)
def test_letters_that_are_no_accented_ones_are_spelt_out(title: str, slug: str) -> None:
    assert slugify(title, kind="project") == slug
