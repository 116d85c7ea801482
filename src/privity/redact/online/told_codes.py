"""Codes of doors and messages that nothing but the talk around them announces.

"there's a gate, it's 4471", "and the lockbox / 7719", "punch in oh five oh nine, then the star", "enter the code we
texted to 312 555 0188 / 558120". What is opened, or sent, is named; the digits follow it, are tried again and repeated.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.online import named_doors
from privity.redact.reading.cues import Cues
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, NEXT_TURN, Group, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_DIGIT = rf"(?:[0-9]+|{one_of(NUMBER_WORDS)})"
_KEYS = rf"(?:(?:pound|star|hash)[ ,]+)?({_DIGIT}(?:(?:[ ,-]{{1,2}}|[,.]? (?:uh|um|er),? ){_DIGIT}){{0,9}})\b"
_DOOR = rf"(?:{named_doors.DOORS}|lock|safe)"
_FOR = r"(?:\s+(?:when|for|on|at|by)(?:\s+[a-z']+){1,5}?)?"  # "the gate code for the back lot is ..."
_TOLD = Triggered(
    (
        rf"\b{_DOOR}(?:\s+(?:code|pin|combo|number))?{_FOR}"
        r"(?:'?s\b|\s+is|[,;]?\s+(?:it's|it\s+is|that's|code\s+is)|\s+codes?|:)(?:\s+(?:still|just|uh|um))?"
        rf"\s+#?{_KEYS}"
    ).encode(),
    needs=(named_doors.DOOR_WORDS, A_NUMBER),
)
_PRESSED = Triggered(
    (
        rf"\b(?:punch|key|type|enter|put|dial)(?:\s+in)?\s+(?:the\s+code\s+)?{_KEYS}[,.]?\s+(?:and\s+|then\s+){{0,2}}"
        r"(?:(?:hit|press|push)\s+)?(?:the\s+)?(?:star|pound|hash|enter)\b"
    ).encode(),
    needs=("punch key type enter put dial", "star pound hash enter", A_NUMBER),
)
_ASKED = Triggered(
    rf"\b{_DOOR}(?:\s+code)?(?:,?\s+please)?[?.!]*\s*\x1e".encode(),
    needs=(named_doors.DOOR_WORDS, NEXT_TURN),
)
_SENT = Triggered(
    rb"\b(?:(?:texted|texting|sent|sending|emailed|emailing|text|send)\b[^.?!\x1e\x1d]{0,30}\bcode\b|"
    rb"code\s+(?:that\s+)?(?:i|we|they)(?:'ve|\s+have)?(?:\s+just)?\s+(?:texted|sent|emailed)\b|"
    rb"code\s+(?:(?:just|is|has|was|went|going|gone|coming)\s+){0,3}(?:to|on|at)\s+your\s+"
    rb"(?:mobile|phone|cell|email|number|device|inbox)\b)[^\x1e\x1d]{0,90}\x1e",
    needs=("text* sent sending emailed emailing send mobile phone cell email number device inbox", "code", NEXT_TURN),
)
_READ = Triggered(
    (
        rb"\b(?:what(?:'s|s| is| does| did| do)? (?:the|that|your) (?:text|message|sms|pop\s?up|notification|app)"
        rb"(?: message)?(?: say(?:s|ing)?| show(?:s|ing)?| read)|"
        rb"(?:get|got|getting|receive|received|see) (?:a|the|that|your)(?: (?:text|message) with (?:a|the))? "
        rb"(?:(?:[a-z]+|[0-9])[ -]digit|verification|security|one[ -]time) (?:number|code|passcode)|"
        rb"(?:text|texted|sms|code)\b[^\x1c\x1d]{0,60}\bread (?:it|that|them|those|me (?:it|that)|"
        rb"the (?:code|number|digits)))"
        rb"\b[^\x1e\x1d]{0,40}\x1e"
    ),
    needs=("say* show* read get got getting receive received see", NEXT_TURN),
)
_TRIED = Triggered(rf"\btry\s+(?:it\s+with\s+)?{_KEYS}".encode(), needs=("try", A_NUMBER))
_TYPED = Triggered(
    rb"\b(?:typed|entered|tried)(?:\s+in)?\s+[\"']?((?:[a-z0-9][a-z0-9_#$!%&*+.-]*[0-9_#$!%&*+][a-z0-9_#$!%&*+.-]*))[\"']?,?\s+"
    rb"(?:and|but)\s+(?:it|the\s+\w+)\s+(?:says?|said|keeps|gives|shows)\b",
    needs=("typed entered tried", "says say said keeps gives shows"),
)
_OPENING = re.compile(
    r"\s*(?:(?:yes|yeah|yep|sure|okay|ok|alright|so|oh|uh|um|er|it's|it is|its|it says|that's|the code is|i got|got it|"
    r"right)"
    rf"\b[,.!]?\s*){{0,4}}#?{_KEYS}",
    re.ASCII,
)
_WHICH = re.compile(r"\b(?:what|which|what's the|which is the)\s+$", re.ASCII)  # "what gate is it", at an airport
_GOES_ON = re.compile(r"[ ,]*(?:$|[.!?;\n\x1e\x1d]|(?:and |then )?(?:the )?(?:pound|star|hash)\b)", re.ASCII)
_CORRECTED = re.compile(
    r"(?:[ ,.]+(?:no|sorry|wait|actually|i mean|scratch that|correction|oops|that's wrong|that's not right|uh|um|it's|"
    rf"hold on)\b){{1,4}}[ ,.]+{_KEYS}",
    re.ASCII,
)
_ANY = re.compile(rf"\b{_KEYS}", re.ASCII)
_MISHEARD = "(?:to|too|for|fore|won|ate)"
_HEARD = re.compile(rf"\b{_DIGIT}(?:,? {_DIGIT})*(?:,? {_MISHEARD}(?:,? {_DIGIT})+)+\b", re.ASCII)
_SIGN = re.compile(r"(?:#|\b(?:pound|star|hash(?:tag)?)[ ,]+)$", re.ASCII)
_LONGEST_SIGN = 9  # characters
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_CODE = range(4, 9)  # digits
_BEFORE = 16  # characters
_TURNS = 3  # in which an answer comes
_REACH = 900  # characters in which a code is repeated, and another one tried
_UNITS = vocabulary().units

_FOUND = finding(Label.PASSWORD, "told-code", "digits that open what was named, or were sent", 0.72, "context")
_TYPED_FOUND = finding(Label.PASSWORD, "typed-secret", "what somebody typed, and what it says then", 0.7, "context")
NEEDS = Group(_PRESSED, _TOLD, _ASKED, _SENT, _READ, _TYPED, named_doors.NEEDS)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return the codes of doors and messages, and where they are said again."""
    octets = transcript.octets
    told = [match.span(1) for match in _PRESSED.finditer(octets)]
    told += [
        match.span(1)
        for match in _TOLD.finditer(octets)
        if _may_open(transcript, *match.span(1))
        and not _WHICH.search(transcript.folded, max(0, match.start() - _BEFORE), match.start())
    ]
    for pattern, whole in ((_ASKED, False), (_SENT, True), (_READ, True)):
        for match in pattern.finditer(octets):
            told += _answer(transcript, cues, match.end(), whole=whole)
    places = [_with_sign(transcript, place) for place in told if _is_code(transcript, place)]
    places += named_doors.places(transcript, cues)
    for place in places:
        yield Claim((place,), _FOUND)
    if places:
        yield from _again(transcript, places)
    for match in _TYPED.finditer(octets):
        if re.search(rb"[a-z]{2}", match[1]):
            yield Claim((match.span(1),), _TYPED_FOUND)


def _is_code(transcript: Transcript, place: Part) -> bool:
    return len(digits_said(transcript.folded[slice(*place)])) in _CODE


def _with_sign(transcript: Transcript, place: Part) -> Part:
    """Return the place of a code with the sign that is pressed before it."""
    start, end = place
    sign = _SIGN.search(transcript.folded, max(0, start - _LONGEST_SIGN), start)
    return (sign.start() if sign else start, end)


def _may_open(transcript: Transcript, start: int, end: int) -> bool:
    """Whether digits behind a door measure nothing, are no hour and no year: "the garage is 1962"."""
    text, words = transcript.folded, transcript.words
    if _YEAR.fullmatch(text, start, end) or text[end : end + 1] in {":", "%", "/"} or text[start - 1] == "$":
        return False
    if named_doors.MEASURED.match(text, end):
        return False
    at = words.at_or_behind(end)
    return not (words.starts[at : at + 1] == [end + 1] and words.said[at] in _UNITS)


def _answer(transcript: Transcript, cues: Cues, start: int, *, whole: bool) -> list[Part]:
    """Return the digits that open one of the turns behind a question, none where another question comes first."""
    stretches, asked = transcript.stretches, transcript.turn_at(start)
    for turn in range(asked, min(asked + _TURNS, len(stretches))):
        stretch = stretches[turn]
        if stretch.document != stretches[asked].document:
            return []
        match = _OPENING.match(transcript.folded, stretch.start, stretch.end)
        if match is not None and _is_code(transcript, match.span(1)):
            ends = _GOES_ON.match(transcript.folded, match.end(1), stretch.end) is not None
            plain = not whole and _may_open(transcript, *match.span(1))
            corrected = _CORRECTED.match(transcript.folded, match.end(1), stretch.end)
            if corrected and _is_code(transcript, corrected.span(1)):
                return [match.span(1), corrected.span(1)]
            return [match.span(1)] if ends or plain else []
        if cues.between(stretch.start, stretch.end):
            return []
    return []


def _again(transcript: Transcript, places: list[Part]) -> Iterator[Claim]:
    """Yield what is tried instead of codes behind them, and where the digits of both are said again.

    Each stretch of the text is read once, however many codes are told before it.
    """
    text = transcript.folded
    tried = [match.span(1) for match in _TRIED.finditer(transcript.octets) if _is_code(transcript, match.span(1))]
    told = sorted([*((end, start, True) for start, end in places), *((end, start, False) for start, end in tried)])
    reaches = [_limit(transcript, end) if is_told else 0 for end, _, is_told in told]
    codes: dict[str, int] = {}  # up to where each is known again
    reach = 0  # of the codes that were told
    for (end, start, is_told), own, behind in zip(
        told, reaches, [*(end for end, *_ in told[1:]), len(text)], strict=True
    ):
        if not is_told and start >= reach:
            continue
        if not is_told:
            yield Claim(((start, end),), _FOUND)
        reach = max(reach, own)
        codes[digits_said(text[start:end].lstrip("#"))] = reach
        for pattern in (_ANY, _HEARD):
            for match in pattern.finditer(text, end, max(end, min(reach, behind))):
                if codes.get(digits_said(match[pattern.groups]), 0) > match.start():
                    yield Claim((_with_sign(transcript, match.span(pattern.groups)),), _FOUND)


def _limit(transcript: Transcript, end: int) -> int:
    return min(end + _REACH, transcript.document_end(transcript.document_at(end - 1)))
