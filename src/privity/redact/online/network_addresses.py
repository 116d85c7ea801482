"""IP addresses as they are said: with all their dots, with some of them, or with none behind a word of networks.

"twenty four dot eighty six dot one twelve dot nine", "ping ten zero zero one", "f e eight zero colon colon one": four
octets (RFC 791), or groups of hexadecimal digits between colons (RFC 4291).
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, NEXT_TURN, Group, Triggered
from privity.redact.reading.vocabulary import one_of

_NUMBER = rf"(?:{one_of(NUMBER_WORDS)}|[0-9]{{1,3}})"
_OCTET = rf"{_NUMBER}(?:[\s-]+(?:and\s+)?{_NUMBER}){{0,4}}"
_DOT = r"[\s,]+(?:(?:uh|um)\s+)?(?:dot|point|period)[\s,]+(?:(?:uh|um|dot|sorry|no|wait)\s+)*"
_DOTTED = Triggered(
    rf"\b{_OCTET}{_DOT}{_OCTET}{_DOT}{_OCTET}(?:{_DOT}{_OCTET})?(?:\s+slash\s+{_OCTET})?\b".encode(),
    needs=("dot point period", A_NUMBER),
)
_BEHIND_CUE = Triggered(
    (
        rf"\b(?:i\s?p(?:\s?v\s?(?:four|4))?(?:\s+address)?|gateway|ping|subnet(?:\s+mask)?|netmask|d\s?n\s?s(?:\s+server)?|static|"
        rf"dhcp|router)"
        rf"[\s,.?:\x1e]+(?:(?:it|it's|it\s+says|says|is|of|to|at|the|uh|um|okay|reads|shows|now|address|that's|on|from)[\s,.?\x1e]+){{0,5}}"
        rf"({_NUMBER}(?:[\s-]+(?:dot\s+|point\s+)?{_NUMBER}){{3,12}})\b"
    ).encode(),
    needs=("p pv* ip* gateway ping subnet netmask n ns dn dns static dhcp router", A_NUMBER),
)
_HEX = rf"(?:[a-f]|[0-9a-f]{{1,4}}|{one_of(NUMBER_WORDS)})"
_COLONS = Triggered(
    rf"\b(?:{_HEX}\s+){{1,6}}(?:(?:colon\s+){{1,2}}(?:{_HEX}\s+){{0,6}}){{2,8}}{_HEX}\b".encode(), needs=("colon",)
)
_NETWORK = re.compile(
    r"\b(?:i\s?p|ip|address|gateway|ping\w*|subnet|netmask|dns|d n s|router|server|firewall|"
    r"network|traffic|modem|host|port|vpn)\b",
    re.ASCII,
)
_NO_ADDRESS = re.compile(
    r"\b(?:version|release|build|firmware|section|chapter|update|rated|score|percent)\s+(?:is\s+|to\s+)?$", re.ASCII
)
_REACH = 200
_DOTS = 3
# "one seven two dot sixteen / okay / dot nine / yeah / dot two hundred": the turns that go on begin with a dot
_PIECE = rf"(?:[0-9]{{1,3}}(?:\.[0-9]{{1,3}})+|{_OCTET}(?:{_DOT}{_OCTET}){{0,2}})"
_GOES_ON = Triggered(
    rf"\x1e\s*(?:(?:and|then|okay|so|uh|um|yeah|yes|it's|that's)[\s,]+){{0,3}}((?:dot\s+|\.\s*){_PIECE}|\.[0-9]{{1,3}})\b".encode(),
    needs=(NEXT_TURN, A_NUMBER),
)
_OPENS = re.compile(rf"\b((?:dot\s+)?{_PIECE})[\s,.]*\x1e(?:[^\x1d\x1e]{{0,24}}\x1e[^a-z0-9]*)?$", re.ASCII)
_DOTTED_PIECE = re.compile(r"\.[0-9]|\bdot ", re.ASCII)

_IP = finding(Label.IP, "ip-said", "octets with spoken dots", 0.9, "form")
_IP_CUED = finding(Label.IP, "ip-said", "octets behind a word of networks", 0.84, "context")
NEEDS = Group(_DOTTED, _BEHIND_CUE, _COLONS, _GOES_ON)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the spoken IP addresses."""
    octets, text = transcript.octets, transcript.folded
    for match in _DOTTED.finditer(octets):
        start, end = match.span()
        document = transcript.documents[transcript.document_at(start)]
        before = text[max(document, start - _REACH) : start]
        dots = sum(text.count(f" {dot} ", start, end) for dot in ("dot", "point", "period"))
        if not _NO_ADDRESS.search(before) and (dots > 2 or _NETWORK.search(before)):
            if text.endswith(" v ", 0, start):  # "i p v four one ninety two dot ..."
                start += match[0].index(b" ") + 1 if b" " in match[0] else 0
            yield Claim(((start, end),), _IP)
    for match in _BEHIND_CUE.finditer(octets):
        yield Claim((match.span(1),), _IP_CUED)
    yield from _over_turns(transcript)
    if b" colon " in octets:
        for match in _COLONS.finditer(octets):
            yield Claim((match.span(),), _IP)


def _over_turns(transcript: Transcript) -> Iterator[Claim]:
    """Yield the octets of a turn that goes on with a dot where a network is spoken of, and those before it."""
    for match in _GOES_ON.finditer(transcript.octets):
        before = transcript.before(match.start() + 1, _REACH)
        opening = _OPENS.search(before)
        opened = opening is not None and _DOTTED_PIECE.search(opening[1])
        said = f"{opening[1]} {match[1].decode()}" if opening is not None else ""
        whole = len(_DOTTED_PIECE.findall(said)) == _DOTS
        if not (whole or _NETWORK.search(before)) or _NO_ADDRESS.search(before):
            continue
        if opened or _DOTTED_PIECE.search(match[1].decode(), 1):
            yield Claim((match.span(1),), _IP_CUED)
        if opening is not None and opened:
            start = match.start() + 1 - len(before)
            yield Claim(((start + opening.start(1), start + opening.end(1)),), _IP_CUED)
