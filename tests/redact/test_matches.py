"""Patterns of RE2 without their wrapper tell the same places."""

import pytest
import re2

from privity.redact.reading.matches import Pattern

_TEXT = b"one and two, one or three; two"


@pytest.mark.parametrize(
    "pattern", [rb"\bone\b", rb"(one)|(two)", rb"((one) (and|or)) (t\w+)", rb"four", rb"(?:^|; )(\w+)"]
)
def test_places_are_those_of_the_wrapper(pattern: bytes) -> None:
    ours, theirs = list(Pattern(pattern).finditer(_TEXT)), list(re2.compile(pattern).finditer(_TEXT))
    groups = range(re2.compile(pattern).groups + 1)
    assert Pattern(pattern).groups + 1 == len(groups)
    told = [[(m.span(group), m.start(group), m.end(group), m[group]) for group in groups] for m in ours]
    wanted = [[(m.span(group), m.start(group), m.end(group), m[group]) for group in groups] for m in theirs]
    assert told == wanted
    assert [m.lastindex for m in ours] == [m.lastindex for m in theirs]


@pytest.mark.parametrize("place", [(0, None), (3, None), (4, 12), (9, 11), (12, 4), (99, None), (0, 99)])
def test_a_search_keeps_to_its_places(place: tuple[int, int | None]) -> None:
    pattern = rb"(one|two)\b"
    ours, theirs = Pattern(pattern).search(_TEXT, *place), re2.compile(pattern).search(_TEXT, *place)
    assert (ours and ours.span(1)) == (theirs and theirs.span(1))
