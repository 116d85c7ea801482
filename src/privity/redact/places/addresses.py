"""Street addresses with what follows them, and postal codes, written and spoken.

"1420 Maple Avenue, Apt 4, Springfield, IL 62704", "twenty two hundred west elm street", "P.O. box 12", "I live at 7
Broadway". The house number and a kind of street make an address; after the cue "address" or "live at" a number and a
name are enough.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.codes import eircodes, outcodes, postal_codes, uk_postcodes
from privity.redact.places.streets import next_houses, said_streets
from privity.redact.places.streets.asked_addresses import is_postal
from privity.redact.places.written import (
    address_fields,
    envelopes,
    floors_before,
    houses_named,
    short_streets,
    written_crossings,
)
from privity.redact.reading.cues import Cue, Cues
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.small_words import AS_IN
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, A_NUMBER, Rows, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
_NUMBER_WORD = f"(?:{one_of(NUMBER_WORDS)})"
_SAID_NUMBER = rf"{_NUMBER_WORD}(?:[\s-]+(?:and\s+)?{_NUMBER_WORD}){{0,6}}"
_HOUSE = rf"(?:[0-9]{{1,6}}(?:-[0-9]{{1,4}})?[a-z]?(?:\s+1/2)?|{_SAID_NUMBER})"
_COMPASS = r"(?:[nsew]|[ns][ew]|(?:north|south)(?:east|west)?|east|west)\b\.?"
_KIND = (
    rf"(?:run\s+(?:street|court|place|way|lane|drive|road|boulevard|circle|trail)|{one_of(_VOCABULARY.streets)})\b\.?"
)
_KIND_FIRST = r"(?:broadway|el\s+camino\s+real|(?:calle|via|rue|avenida|camino|paseo)\s+[a-z]+(?:\s+[a-z]+)?)\b"
_UNIT = (
    r"(?:[,\s]+(?:apt|apartment|suite|ste|unit|floor|fl|building|bldg|room|rm|lot|flat|#)\.?\s*(?:number\s+)?#?\s*"
    rf"(?:[0-9]+(?:\s?[b-hj-z]|a)?\b|[a-z][0-9]*\b|{_SAID_NUMBER}\b(?:\s+[b-hj-z]\b(?:\s+{AS_IN}(?:\s+the\s+word)?\s+[a-z]+)?)?|"
    rf"(?:{one_of(_VOCABULARY.spelling_words)})\b)|[,\s]+number\s+(?:[0-9]+|{_SAID_NUMBER})\b|[,\s]+[0-9]{{1,3}}(?:st|nd|rd|th)\s+floor\b)?"
)
_NAMED = rf"(?:{_COMPASS}\s+)?(?:[0-9]{{1,3}}(?:st|nd|rd|th)\s+|(?:[a-z][a-z'.-]*\s+){{1,4}}?){_KIND}(?:\s+{_COMPASS})?"
# Without groups RE2 finds a street in half the time; its name is asked for only where one was found.
_STREET = Triggered(
    (
        rf"\b{_HOUSE},?\s+{_NAMED}{_UNIT}|\b[0-9]{{1,6}},?\s+(?:{_COMPASS}\s+)?{_KIND_FIRST}{_UNIT}|"
        rf"\bp\.?\s?o\.?\s+box\s+(?:number\s+)?(?:[0-9]+|{_SAID_NUMBER})\b"
    ).encode(),
    needs=(f"{' '.join(_VOCABULARY.streets)} broadway camino calle via rue avenida paseo box", A_NUMBER),
)
_HOUSE_AND_NAME = re.compile(rf"\b{_HOUSE},?\s+({_NAMED}){_UNIT}", re.ASCII)
_ANNOUNCED = re.compile(
    rf"\b(?:at|is|address|it's)[\s:,]+(?P<number>{_HOUSE})(?P<name>(?:\s+[a-z][a-z'-]*){{1,4}})", re.ASCII
)
_CITY_AND_STATE = re.compile(
    r"[,\s]+(?:in\s+)?(?P<city>[a-z]+(?:[ -][a-z]+){0,2}?)[,\s]+(?P<state>[a-z]{2}|[a-z]+(?:\s[a-z]+)?)\b\.?"
    r"(?P<zip>,?\s+[0-9]{5}(?:-[0-9]{4})?\b)?",
    re.ASCII,
)
_NEXT_WORDS = re.compile(r"[,\s]+(?:in\s+)?((([a-z]+)(?:[ -][a-z]+)?)(?:[ -][a-z]+)?)", re.ASCII)
_POSTAL_CODE = Triggered(
    rb"\b([a-z]+)[.,]?\s+([0-9]{5}(?:-[0-9]{4})?)\b|\b([a-z][0-9][a-z][ -]?[0-9][a-z][0-9])\b", needs=(A_DIGIT,)
)
_WORD = re.compile(r"[a-z']+", re.ASCII)

_NO_HOUSES = tuple(f"{word} " for word in ("oh", "o", "zero", "nought", "hundred", "thousand"))
_MULTIPLES = ("double ", "triple ")
_GRAND = ["grand"]  # a thousand of something, but for "455 grand street"
_VERBS = ("'ll", "'re", "'ve", "n't", "'m")
_BEDS = frozenset({"queens", "kings", "doubles", "twins"})
_SORTS_OF_GARDENS = frozenset({"back", "botanical", "flower", "front", "herb", "kitchen", "rear", "roof", "vegetable"})
_TOO = frozenset(
    {"too", "so", "very", "that", "this", "pretty", "really", "quite", "more", "get", "got", "was", "is"}
)  # "too close"
_NO_KINDS = re.compile(
    r"square\s+(?:feet|foot|meters?|metres?|miles?|inch(?:es)?|yards?)\b|court\s+(?:costs?|dates?|fees?|orders?)\b|"
    r"drive\s+(?:careful|carefully|safe|safely)\b",
    re.ASCII,
)
_LONGEST_SHORT = 4  # letters of a kind of street that a full stop shortens, "blvd."
_ROOM_APART = re.compile(r"(?<=[a-z])\.\s+(?:room|rm)\b", re.ASCII)  # "12 Hill St. Room 308", of a hotel
_HALVES = (["a", "m"], ["p", "m"])
_NO_NAMES = frozenset({"okay", "alright", "plus", "thanks", "bye"})
_WRITTEN = Rows(
    (written.NEEDS, written.claims)
    for written in (address_fields, written_crossings, short_streets, houses_named, postal_codes, outcodes, eircodes)
)
_STREET_ADDRESS = finding(Label.ADDRESS, "street-address", "a house number, then a street", 0.93, "form")
_CITY = finding(Label.LOCATION, "city-behind-street", "a city behind a street", 0.9, "context")
_CANADIAN = finding(Label.ZIP, "postal-code", "form of a Canadian postal code", 0.8, "form")
_ZIP = finding(Label.ZIP, "zip-behind-place", "five digits behind a state or city", 0.85, "context")


class Addresses:
    """Finds addresses in one transcript."""

    def __init__(self, transcript: Transcript, cues: Cues) -> None:
        self._transcript = transcript
        self._text = transcript.folded
        self._listed_as = lexicon().of
        self._cues = cues

    def claims(self) -> Iterator[Claim]:
        """Return streets with the cities behind them, and postal codes."""
        streets: list[Part] = []
        for claim in self._streets():
            if claim.finding.label is Label.ADDRESS:
                streets.append(claim.parts[0])
            else:
                yield claim
        asked = [cue for cue in self._cues if cue.label is Label.ADDRESS and is_postal(self._text, cue.start)]
        for claim in self._announced(asked, {start for start, _ in streets}):
            streets.append(claim.parts[0])
            yield claim
        transcript, octets = self._transcript, self._transcript.octets
        if streets or asked or said_streets.SAID.can_occur(octets):
            said = [*said_streets.SaidStreets(transcript, self._cues, asked).claims(streets)]
            yield from said
            told = [*streets, *(claim.parts[0] for claim in said if claim.finding.label is Label.ADDRESS)]
            yield from next_houses.claims(transcript, told) if told else ()
        yield from floors_before.claims(transcript, streets)
        if streets or envelopes.SEEDS.can_occur(octets):
            yield from envelopes.Envelopes(transcript).claims(streets)
        for _, written in _WRITTEN.possible(octets):
            yield from written(transcript)
        yield from self._postal_codes()
        if uk_postcodes.NEEDS.can_occur(octets):
            yield from uk_postcodes.claims(transcript, self._cues)

    def _streets(self) -> Iterator[Claim]:
        for found in _STREET.finditer(self._transcript.octets):
            match = self._shortened(found)
            start, end = match.span()
            room = _ROOM_APART.search(self._text, start, end)
            end = room.start() if room else end
            name = self._name_in(match)
            if self._is_no_street(start, end, name):
                continue
            named = name == _GRAND or _VOCABULARY.not_in_streets.isdisjoint(name)
            if named and not NUMBER_WORDS.issuperset(name or ("-",)):
                city = self._city_behind(end)
                if city is not None and self._text[end : city[0]].strip(" ,\t\n"):  # "14 oak street in denver"
                    yield Claim((city,), _CITY)
                elif city is not None:
                    end = city[1]
                yield Claim(((start, end),), _STREET_ADDRESS)

    def _name_in(self, match: Any) -> list[str]:
        street = _HOUSE_AND_NAME.fullmatch(self._text, *match.span())
        return _WORD.findall(street[1])[:-1] if street else []

    def _shortened(self, match: Any) -> Any:
        """Return a street without a number before it that counts something else: "send one to 30 fifth lane"."""
        name = self._name_in(match)
        while name != _GRAND and not _VOCABULARY.not_in_streets.isdisjoint(name):
            octets = self._transcript.octets
            shorter = _STREET.search(octets, match.start() + 1 + octets[match.start() :].find(b" "), match.end())
            if shorter is None or shorter.end() < match.end():
                return match
            match = shorter
            name = self._name_in(match)
        return match

    def _is_no_street(self, start: int, end: int, name: list[str]) -> bool:
        """Whether it is a date before a doctor ("4/27/2023 under Dr Price"), or a measure ("20 cm. Church Street")."""
        if self._text[start - 1 : start] in {"/", "-", ".", ":", "$"} or (
            name and name[0] in _VOCABULARY.units and name != _GRAND
        ):
            return True
        if (
            name[:2] in _HALVES
            or any(word.endswith(_VERBS) for word in name)
            or (name and name[-1] in _BEDS and self._text.startswith("run", end - 3))
            or (name and name[-1] in _SORTS_OF_GARDENS and self._text.startswith("gardens", end - 7))
        ):
            return True  # "one for 31 75 we'll close the card", "two queens run 150 a night", "6 p.m. RD JH-4471"
        kind = self._text.rfind(" ", start, end) + 1
        if _NO_KINDS.match(self._text, kind) or not _NO_NAMES.isdisjoint(name):
            return True  # "990 square feet", "ninety plus court costs"
        if self._is_lone_multiple(start, end) or (
            name and name[-1] in _TOO and self._text.startswith("close", end - 5)
        ):
            return True
        ending = self._text[start:end].rstrip(".").rpartition(" ")[2]
        if ending not in {"dr", "st"} or self._transcript.cased[end : end + 1] != " ":
            return False
        words = self._transcript.words
        sentence = (
            words.bits[min(words.at_or_behind(end), len(words.bits) - 1)] & Bit.FUNCTION
        )  # "900 Maple St. There's"
        return self._transcript.cased[end + 1 : end + 2].isupper() and not sentence

    def _is_lone_multiple(self, start: int, end: int) -> bool:
        """Whether a house number begins with a word that no number opens, but "double two one nine two"."""
        said = self._text[start:end]
        if said.startswith(_MULTIPLES):
            return said.split(None, 2)[1] not in NUMBER_WORDS
        return said.startswith(_NO_HOUSES)

    def _announced(self, asked: Sequence[Cue], streets: set[int]) -> Iterator[Claim]:
        for cue in asked:
            limit = min(self._transcript.stretches[self._transcript.turn_at(cue.start)].end, cue.end + 60)
            said = _ANNOUNCED.search(self._text, cue.start, limit)
            if said is None or said.start("number") in streets:
                continue
            end = said.start("name")
            for word in _WORD.finditer(self._text, *said.span("name")):
                cut = self._text[word.end() : word.end() + 1].isalnum()
                if cut or word[0] in _VOCABULARY.not_in_streets or word[0] in NUMBER_WORDS:
                    break
                end = word.end()
            if end > said.start("name"):
                why = f'cue "{cue.phrase}", a number and a name'
                found = finding(Label.ADDRESS, "announced-address", why, 0.8, "context", cue.phrase)
                yield Claim(((said.start("number"), end),), found)

    def _city_behind(self, end: int) -> tuple[int, int] | None:
        """Return where the city stands behind a street, with its state and postal code, or None."""
        if self._text[end - 1] == "." and self._text[end - 2 - _LONGEST_SHORT : end - 1].isalpha():
            return None  # "412 North Elm Drive. Press four"
        both = _CITY_AND_STATE.match(self._text, end, min(len(self._text), end + 60))
        if both and self._is_state(both["state"], *both.span("state"), sure=bool(both["zip"])):
            return both.start("city"), both.end("zip") if both["zip"] else both.end("state")
        words = _NEXT_WORDS.match(self._text, end, min(len(self._text), end + 40))
        names = [name for name in words.groups() if name not in _VOCABULARY.not_in_streets] if words else []
        city = next((name for name in names if self._listed_as(name) & Bit.PLACE), None)
        return (words.start(1), words.start(1) + len(city)) if words and city else None

    def _is_state(self, word: str, start: int, end: int, *, sure: bool) -> bool:
        if word in _VOCABULARY.state_words and not sure:
            return self._transcript.cased[start:end].isupper()
        return word in _VOCABULARY.state_codes or self._listed_as(word) & Bit.REGION != 0

    def _postal_codes(self) -> Iterator[Claim]:
        for match in _POSTAL_CODE.finditer(self._transcript.octets):
            if match.lastindex == 3:
                start, end = match.span(3)
                yield Claim(((start, end),), _CANADIAN)
                continue
            place = match[1].decode("ascii")
            listed = self._listed_as(place)
            word = self._transcript.words.bits[self._transcript.words.at_or_behind(match.start(1))]
            if listed & Bit.WORD and not word & (Bit.PLAIN | Bit.CAPITAL | Bit.CAPITALS):
                continue  # "the meter reading 40817"
            if place in _VOCABULARY.state_codes or listed & (Bit.REGION | Bit.KNOWN_PLACE):
                yield Claim((match.span(2),), _ZIP)
