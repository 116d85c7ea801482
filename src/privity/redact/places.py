"""Street addresses, cities, facilities, countries and ZIP codes, written and spoken."""

import re
from collections.abc import Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.cues import Cues
from privity.redact.labels import Label
from privity.redact.lists import Lists
from privity.redact.numerals import NUMBER_WORDS
from privity.redact.transcript import Transcript

_NUMBER_WORD = "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")"
_HOUSE = (
    rf"(?:[0-9]{{1,6}}(?:-[0-9]{{1,4}})?[a-z]?(?:\s+1/2)?|{_NUMBER_WORD}(?:[\s-]+(?:and\s+)?{_NUMBER_WORD}){{0,6}})"
)
_COMPASS = r"(?:n|s|e|w|ne|nw|se|sw|north|south|east|west|northeast|northwest|southeast|southwest)\b\.?"
_STREET = (
    r"(?:street|str|st|avenue|ave|av|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|place|pl|way|circle|cir|terrace|ter|"
    r"parkway|pkwy|highway|hwy|expressway|freeway|trail|square|sq|loop|alley|plaza|pike|turnpike|crescent|close|row|walk|"
    r"run|path|heights|broadway|mews|esplanade|promenade|crossing|gardens)\b\.?"
)
_UNIT = rf"(?:[,\s]+(?:apt|apartment|suite|ste|unit|floor|fl|building|bldg|room|rm|lot|#)\.?\s*(?:number\s+)?#?\s*(?:[0-9]+[a-z]?\b|[a-z][0-9]*\b|{_NUMBER_WORD}(?:\s+{_NUMBER_WORD}){{0,3}}\b))?"
_LINE = re2.compile(
    (
        rf"\b{_HOUSE},?\s+((?:{_COMPASS}\s+)?(?:[0-9]{{1,3}}(?:st|nd|rd|th)\s+|(?:[a-z][a-z'.-]*\s+){{1,4}}?){_STREET}"
        rf"(?:\s+{_COMPASS})?){_UNIT}|"
        rf"\b[0-9]{{1,6}},?\s+(?:(?:{_COMPASS}\s+)?(?:broadway|el\s+camino\s+real|(?:calle|via|rue|avenida|camino|paseo)\s+[a-z]+(?:\s+[a-z]+)?)\b){_UNIT}|"
        rf"\bp\.?\s?o\.?\s+box\s+(?:number\s+)?(?:[0-9]+|{_NUMBER_WORD}(?:\s+{_NUMBER_WORD}){{0,5}})\b"
    ).encode()
)
_NOT_IN_A_STREET = frozenset(
    "the a an on in at of to for and or but my your his her our their is are was were am be i you he she it we they this "
    "that these those with from by as if so do does did have has had will would can could should not no all any some more "
    "most other another than then just out up down off over into about after before minutes minute hours hour days day "
    "weeks week months month years year dollars percent people times miles per each one's going way bed beds bath baths rated room bedroom bedrooms bathroom star stars person".split()
)
_AFTER_ADDRESS = re.compile(
    r"[,\s]+(?:in\s+)?(?P<city>[a-z]+(?:[ -][a-z]+){0,2}?)[,\s]+(?P<state>[a-z]{2}|[a-z]+(?:\s[a-z]+)?)\b\.?(?P<zip>,?\s+[0-9]{5}(?:-[0-9]{4})?\b)?",
    re.ASCII,
)
_SAID = re.compile(rf"\b(?:at|is|address|it's)[\s:,]+(?P<value>{_HOUSE}(?:\s+[a-z][a-z'-]*){{1,4}})", re.ASCII)
_NEXT_WORDS = re.compile(r"[,\s]+(?:in\s+)?((([a-z]+)(?:[ -][a-z]+)?)(?:[ -][a-z]+)?)", re.ASCII)
_STATE_WORDS = frozenset({"in", "or", "me", "ok", "hi", "on", "oh", "de", "la", "al", "id", "co", "pa", "ma"})
_STATE_CODES = frozenset(
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc "
    "sd tn tx ut vt va wa wv wi wy dc pr on qc bc ab mb sk ns nb nl".split()
)
_ZIP = re2.compile(rb"\b([a-z]+)[.,]?\s+([0-9]{5}(?:-[0-9]{4})?)\b|\b([a-z][0-9][a-z][ -]?[0-9][a-z][0-9])\b")
_FACILITY = re2.compile(
    rb"\b(?:[A-Z][\w'&-]*\.?\s+(?:of\s+|the\s+|and\s+)?){1,4}(?:(?:Hospital|Clinic|Medical\s+Cent(?:er|re)|Health\s+Cent(?:er|re)|Hospice|Infirmary|"
    rb"Medical\s+Group|Health\s+System|Healthcare|Health|Memorial|General|Rehabilitation\s+Center|Surgery\s+Center|Cancer\s+Center|Nursing\s+Home|"
    rb"Children's|Medical|Center)\b\s*)+(?:of\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?"
    rb"|\b(?:St|Mt)\.?\s+[A-Z][a-z]+(?:'s)?\b|\bSaint\s+[A-Z][a-z]+(?:'s)?\b|\bMount\s+[A-Z][a-z]+\b|\b[A-Z][a-z]+\s+(?:General|Memorial|facility|clinic|hospital)\b"
)
_SAID_FACILITY = re2.compile(
    rb"\b(?:saint|st\.?|mount|mt\.?)\s+[a-z]+(?:'s)?(?:\s+(?:hospital|clinic|medical\s+center|medical|health))+"
)
_OPENS = re.compile(
    r"\b(?:in|at|from|near|to|of|city|around|live|lives|living|visit|visiting|for|downtown|by|is|into)\s*(?:of\s+|the\s+)?[\"(]?$",
    re.ASCII,
)
_ORDINARY_OPENERS = frozenset(
    {
        "the",
        "our",
        "what",
        "this",
        "are",
        "is",
        "at",
        "in",
        "for",
        "a",
        "an",
        "when",
        "how",
        "can",
        "does",
        "public",
        "world",
        "mental",
    }
)


class Places:
    """Finds places in one transcript."""

    def __init__(self, transcript: Transcript, lists: Lists, cues: Cues) -> None:
        self._transcript = transcript
        self._text = transcript.folded
        self._lists = lists
        self._cues = cues

    def claims(self) -> Iterator[Claim]:
        """Return addresses, ZIP codes, facilities, cities and regions."""
        yield from self._addresses()
        yield from self._zips()
        yield from self._facilities()
        yield from self._listed()

    def _addresses(self) -> Iterator[Claim]:
        for match in _LINE.finditer(self._transcript.octets):
            start, end = match.span()
            words = re.findall(r"[a-z']+", self._text[slice(*match.span(1))] if match.lastindex else "")
            if not _NOT_IN_A_STREET.isdisjoint(words[:-1]):
                continue
            yield Claim.of(
                Label.ADDRESS, start, end, detector="street-address", why="a house number, then a street", score=0.93
            )
            yield from self._city_after(end)
        for cue in self._cues:
            if cue.label is not Label.ADDRESS:
                continue
            limit = min(self._transcript.stretches[self._transcript.turn_at(cue.start)].end, cue.end + 60)
            said = _SAID.search(self._text, cue.start, limit)
            if said:
                words = re.findall(r"[a-z']+", said["value"])
                keep = next(
                    (i for i, word in enumerate(words) if word in _NOT_IN_A_STREET and word not in NUMBER_WORDS),
                    len(words),
                )
                if sum(word not in NUMBER_WORDS for word in words[:keep]) and words[0] not in _NOT_IN_A_STREET:
                    end = said.start("value") + _end_of_words(said["value"], keep)
                    why = f'cue "{cue.phrase}", a house number and a name'
                    yield Claim.of(
                        Label.ADDRESS, said.start("value"), end, detector="announced-address", why=why, score=0.8
                    )

    def _city_after(self, end: int) -> Iterator[Claim]:
        after = _AFTER_ADDRESS.match(self._text, end, min(len(self._text), end + 60))
        if after and self._is_state(after["state"], *after.span("state"), sure=bool(after["zip"])):
            why = "city and state after a street"
            start = after.start("city")
            yield Claim.of(Label.LOCATION, start, after.end("state"), detector="city-after-street", why=why, score=0.9)
            return
        following = _NEXT_WORDS.match(self._text, end, min(len(self._text), end + 40))
        city = next((words for words in following.groups() if words in self._lists.cities), None) if following else None
        if following and city:
            why = "a listed city after a street"
            start = following.start(1)
            yield Claim.of(Label.LOCATION, start, start + len(city), detector="city-after-street", why=why, score=0.85)

    def _is_state(self, word: str, start: int, end: int, *, sure: bool) -> bool:
        if word in _STATE_WORDS and not sure:
            return self._transcript.cased[start:end].isupper()
        return word in _STATE_CODES or word in self._lists.regions

    def _zips(self) -> Iterator[Claim]:
        for match in _ZIP.finditer(self._transcript.octets):
            if match.lastindex == 3:
                start, end = match.span(3)
                yield Claim.of(
                    Label.ZIP, start, end, detector="postal-code", why="form of a Canadian postal code", score=0.8
                )
                continue
            state = match[1].decode()
            capital = self._transcript.cased[match.start(1)].isupper() or not self._transcript.has_case
            if (state in _STATE_CODES and capital) or state in self._lists.regions or self._lists_end_with(state):
                start, end = match.span(2)
                yield Claim.of(
                    Label.ZIP,
                    start,
                    end,
                    detector="zip-after-state",
                    why="five digits after a state or city",
                    score=0.85,
                )

    def _lists_end_with(self, word: str) -> bool:
        return word in self._lists.well_known_cities

    def _facilities(self) -> Iterator[Claim]:
        if self._transcript.has_case:
            for match in _FACILITY.finditer(self._transcript.cased.encode("ascii")):
                start, end = match.span()
                name = match[0].decode("ascii")
                first = name.split(None, 1)[0].lower()
                if first in _ORDINARY_OPENERS:
                    start += len(first)
                if len(name[start - match.start() :].split()) < 2:
                    continue
                yield Claim.of(
                    Label.LOCATION, start, end, detector="facility", why="a name, then hospital or clinic", score=0.88
                )
        for match in _SAID_FACILITY.finditer(self._transcript.octets):
            yield Claim.of(
                Label.LOCATION, *match.span(), detector="facility", why="saint, a name, then hospital", score=0.85
            )

    def _listed(self) -> Iterator[Claim]:
        words, starts, ends = self._transcript.words
        lists, cased, has_case = self._lists, self._transcript.cased, self._transcript.has_case
        beyond = 0
        for at in [i for i, word in enumerate(words) if word in lists.place_starts]:
            if at < beyond:
                continue
            for count in (4, 3, 2, 1):
                last = at + count - 1
                if last >= len(words) or ends[last] - starts[at] > 40:
                    continue
                place = self._text[starts[at] : ends[last]]
                known = place in lists.cities or place in lists.regions or place.replace("-", " ") in lists.facilities
                if not known:
                    continue
                capital = has_case and all(
                    cased[starts[i]].isupper() or words[i] in lists.function_words for i in range(at, last + 1)
                )
                opens = _OPENS.search(self._text, max(0, starts[at] - 16), starts[at]) is not None
                if self._judged(place, count, capital=capital, opens=opens):
                    score = 0.72 if count > 1 or opens else 0.6
                    why = "a place from the lists"
                    yield Claim.of(
                        Label.LOCATION, starts[at], ends[last], detector="place-listed", why=why, score=score
                    )
                    beyond = last + 1
                    break

    def _judged(self, place: str, count: int, *, capital: bool, opens: bool) -> bool:
        lists = self._lists
        if place.replace("-", " ") in lists.facilities:
            return count > 1 or capital or not self._transcript.has_case
        if count > 1:
            return (
                capital
                or place in lists.regions
                or (place in lists.well_known_cities and not all(w in lists.words for w in place.split()))
            )
        if place in lists.words:
            return capital and opens and place in lists.well_known_cities
        if capital:
            return opens or place in lists.well_known_cities or place in lists.regions or place not in lists.given_names
        return place in lists.regions or place in lists.well_known_cities and (opens or place not in lists.surnames)


def _end_of_words(text: str, count: int) -> int:
    """Return where the `count`-th word of the text ends."""
    end = 0
    for index, word in enumerate(re.finditer(r"[a-z']+", text)):
        if index >= count:
            break
        end = word.end()
    return end
