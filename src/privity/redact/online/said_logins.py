"""User names behind what is done with them: "you'd log in with j moreau", "i put s okafor and it said no".

They answer "what are you logging in with?", are tried where a screen asks for one, and are where somebody is found: "on
instagram it's thunder nadia forty". No word announces them there, so they have to look like one: an initial beside a
surname, words with digits, pieces with a sign between them, letters one by one. "Log in with your email" names nobody.
"""

import re
from collections.abc import Iterator
from typing import Final

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.online.credential_words import FORBIDS
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.triggers import NEXT_TURN, Group, Needed, Triggered
from privity.redact.reading.vocabulary import vocabulary

_IN = (
    r"(?:log|logs|logging|logged|sign|signs|signing|signed)[ -]?"
    r"(?:(?:back )?in(?:to (?:it|that|the \w+|my \w+|your \w+))?|on)"
)
_LOGS = "log* sign*"
_ASKED = Triggered(
    (
        r"\b(?:(?:the|your|her|his) (?:log ?in|user ?name|user i ?d)(?: name)? "
        r"(?:you're|you are|you've been|you) us(?:ing|e)|"
        rf"what(?:'re|'s|'d| are| is| do| did| does| would| were)?(?: [a-z']+){{0,4}}? {_IN} "
        r"(?:with|as|under|using))\b[?.!]*"
    ).encode(),
    needs=(f"{_LOGS} user*",),
)
_WITH = Triggered(
    rf"\b{_IN} (?:with|as|under|using) (?:like |just |uh |um )?".encode(), needs=(_LOGS, "with as under using")
)
_FOUND_ON = Triggered(
    (
        rb"\b(?:instagram|insta|facebook|tik ?tok|snap ?chat|snap|twitter|discord|telegram|venmo|cash ?app|twitch|"
        rb"reddit|threads),? (?:it's|its|that's|that'd be|it'd be|he's|she's|i'm|they're|he is|she is|i am)"
        rb"(?: under| called| uh| um| just)? |"
        rb"\b(?:venmo|cash ?app|zelle|paypal|dm|follow|tag|snap) (?:me|him|her|us|them) (?:at|as|under) "
    ),
    needs=(
        (
            "instagram insta facebook tik tiktok snap snapchat twitter discord telegram venmo cash cashapp twitch "
            "reddit threads zelle paypal dm follow tag"
        ),
    ),
)
# "cash app's dollar sign gherkin cakes", "$nadiasgherkins"
_CASH_TAG = Triggered(
    rb"\bcash ?app\b(?:'s|[^.?!\x1c-\x1e]{0,20}? (?:is|it's|as|at|to|that's|under|just))?,? "
    rb"(?:dollar sign (?:[a-z]{3,})(?: [a-z]{3,})?|\$[a-z][a-z0-9-]{2,})\b",
    needs=("cash cashapp", "dollar $"),
)
_TAG = re.compile(r"(?:dollar sign |\$)([a-z].*)", re.ASCII)
# "and the password / same as always, gherkin four"
_ASKED_SECRET = Triggered(
    rb"\b(?:pass ?words?|pass ?code|pass ?phrase|(?:memorable|secret) word)\b[^\x1c-\x1e]{0,24}\x1e",
    needs=("pass* memorable secret", NEXT_TURN),
)
_TRIED = Triggered(
    (
        rb"\b(?:put|puts|putting|typed|typing|type|entered|enter|tried|use|used)(?: in)?"
        rb"(?: (?:the|my) (?:name|user ?name|log ?in))?,? "
    ),
    needs=("put puts putting typed typing type entered enter tried use used",),
)
_AND_THEN = re.compile(
    r",? (?:and|but) (?:it|that|the (?:site|page|thing|screen|computer|app|system|box))(?: (?:just|still))? "
    r"(?:said|says|didn't|doesn't|won't|wouldn't|keeps?|kept|goes|went|comes?|came|gives?|gave|shook|turned|told|tells)\b",
    re.ASCII,
)
_TOPIC = re.compile(
    r"\b(?:user ?names?|user i ?d|name and (?:a )?pass ?word|log ?in|log(?:ged|ging) (?:in|on)|sign(?:ed|ing)? in|"
    r"portal|pass ?word)\b",
    re.ASCII,
)
_TOPICS = Needed(
    "user username usernames name log login logged logging sign signin signed signing portal pass password"
)
_ENDS = re.compile(r"[ ]?(?:[.,!?;\n\x1c-\x1e]|$)", re.ASCII)
_FORBIDDEN = 60  # characters
_REACH = 300  # characters before what is tried
_LEADS: Final = frozenset(
    {
        "what", "i", "i'm", "always", "do", "use", "used", "usual", "same", "thing", "as", "it's", "its", "uh", "um",
        "well", "oh", "just", "the", "my", "with", "still", "sure", "yeah", "yes", "okay", "ok", "think", "should",
        "be", "would", "that's", "me", "name", "ever", "have", "i've", "using", "been", "so", "like", "it", "is",
        "one", "before", "every", "time", "last", "did", "hm", "hmm", "er",
    }
)  # fmt: skip
_MOST_LEADS = 9
_JOINTS: Final = frozenset({"dot", "period", "underscore", "dash", "hyphen", "point"})
_NO_USER: Final = frozenset(
    {
        "email", "mail", "code", "pin", "password", "passcode", "pass", "face", "touch", "google", "apple",
        "microsoft", "facebook", "windows", "office", "iphone", "android", "chrome", "version", "step", "option",
        "page", "line", "room", "galaxy", "admin", "level", "phone", "okta", "duo", "fingerprint", "account",
        "number", "social", "card", "username", "user", "id", "link", "com", "net", "org", "www", "http", "https",
        "zoom", "sms", "vpn", "sso", "mode", "control", "login", "device", "open", "exactly", "crazy", "caps", "key",
        "like", "only", "almost", "barely", "maybe", "verification", "backup", "security", "error", "about", "around",
        "over", "under", "nearly",
    }
)  # fmt: skip
_NAMES = Bit.GIVEN | Bit.SURNAME | Bit.WORLDLY_SURNAME | Bit.FOREIGN_SURNAME | Bit.UNKNOWN
_ORDINARY = Bit.WORD | Bit.THING | Bit.PEOPLE | Bit.REGION | Bit.DERIVED
_SIGNS = frozenset({".", "_", "-"})
_GAPS = _SIGNS | {"", " "}
_MOST = 14  # words
# By what they are: l a letter, s a name or a word in no list, q a name that is a word too, p another word, n a number,
# j a sign, m letters with digits.
_WHOLE = re.compile(
    r"(?:[sqp]?m|[lsqp]{1,6}n*(?:j(?:l{1,12}|[sqp]{1,2}|n+|m)n*)+|[sqp]{1,3}l?n+|l{1,3}[sqp]n+|l{1,2}[sq]|[sq]l{1,2}(?!l)|"
    r"l{4,14}n*)",
    re.ASCII,
)
_HANDLE = finding(
    Label.USERNAME, "said-login", "what looks like a user name behind what is done with one", 0.84, "context"
)
_SECRET = finding(Label.PASSWORD, "answered-secret", "words with digits that answer for a password", 0.8, "context")
NEEDS = Group(_ASKED, _ASKED_SECRET, _CASH_TAG, _WITH, _FOUND_ON, _TRIED)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the user names that are logged in with, tried, or where somebody is found."""
    for match in _ASKED.finditer(transcript.octets):
        yield from _answer(transcript, match.end())
    yield from _secrets(transcript)
    yield from _tags(transcript)
    for pattern in (_WITH, _FOUND_ON):
        for match in pattern.finditer(transcript.octets):
            yield from _at(transcript, transcript.words.at_or_behind(match.end()), match.end())
    for match in _TRIED.finditer(transcript.octets) if _TOPICS.can_occur(transcript.octets) else ():
        for claim in _at(transcript, transcript.words.at_or_behind(match.end()), match.end()):
            opens = max(transcript.documents[transcript.document_at(match.start())], match.start() - _REACH)
            then = _AND_THEN.match(transcript.folded, claim.parts[0][1])
            if then and _TOPIC.search(transcript.folded, opens, match.start()):
                yield claim


def _secrets(transcript: Transcript) -> Iterator[Claim]:
    """Yield the passwords that answer a question, where they look like user names."""
    text = transcript.folded
    for match in _ASKED_SECRET.finditer(transcript.octets):
        asked = transcript.stretches[transcript.turn_at(match.start())]
        if not FORBIDS.search(text, max(asked.start, match.start() - _FORBIDDEN), match.start()):
            for claim in _answer(transcript, match.end()):
                if _ENDS.match(text, claim.parts[0][1]):  # "port eighty is open" answers nothing
                    yield Claim(claim.parts, _SECRET)


def _tags(transcript: Transcript) -> Iterator[Claim]:
    """Yield the names behind the dollar sign with which payments find somebody."""
    words = transcript.words
    for match in _CASH_TAG.finditer(transcript.octets):
        tag = _TAG.search(transcript.folded, match.start(), match.end())
        if tag is not None:
            first, last = words.at_or_behind(tag.start(1)), words.at_or_behind(tag.end(1)) - 1
            while last >= first and words.bits[last] & (Bit.FUNCTION | Bit.CALENDAR):
                last -= 1
            if last >= first and not words.bits[first] & (Bit.FUNCTION | Bit.NUMBER):
                yield Claim(((words.starts[first], words.ends[last]),), _HANDLE)


def _answer(transcript: Transcript, asked: int) -> Iterator[Claim]:
    """Yield what answers a question, behind what is said first: "what i always do"."""
    words, turn = transcript.words, transcript.turn_at(asked - 1)
    at = words.at_or_behind(asked)
    following = transcript.next_turn(asked - 1)
    if following is not None and (at >= len(words.said) or words.starts[at] >= transcript.stretches[turn].end):
        end = following.end
    else:
        end = transcript.stretches[turn].end
    for lead in range(at, min(at + _MOST_LEADS, len(words.said))):
        if words.starts[lead] >= end:
            return
        if words.said[lead] not in _LEADS or (len(words.said[lead]) == 1 and _names(words, lead + 1)):
            yield from _at(transcript, lead, words.starts[lead])
            return


def _at(transcript: Transcript, first: int, place: int) -> Iterator[Claim]:
    """Yield what looks like a user name and begins with a word, which has to stand at a place."""
    words, text = transcript.words, transcript.folded
    if first >= len(words.said) or words.starts[first] != place:
        return
    kinds = ""
    lasts: list[int] = []  # the word that each kind is of
    for at in range(first, min(first + _MOST, len(words.said))):
        gap = text[words.ends[at - 1] : words.starts[at]] if at > first else ""
        kind = _kind(transcript, at, first) if gap in _GAPS else ""
        if not kind:
            break
        if gap in _SIGNS:
            kinds, lasts = kinds + "j", [*lasts, at - 1]
        kinds, lasts = kinds + kind, [*lasts, at]
    whole = _WHOLE.match(kinds)
    if whole is not None:
        last = lasts[whole.end() - 1]
        counted = words.beside(last, 1) in vocabulary().units or (words.said[last] == "one" and whole[0][-2:] != "nn")
        if not counted:
            yield Claim(((place, words.ends[last]),), _HANDLE)


def _kind(transcript: Transcript, at: int, first: int) -> str:
    """Return what a word is of a user name, "" where it is nothing of one."""
    words = transcript.words
    word, bits = words.said[at], words.bits[at]
    if word in _NO_USER:
        return ""
    if word in _JOINTS and at > first:
        return "j"
    if bits & NUMERAL:
        return "m" if bits & Bit.MIXED else "n"
    if len(word) == 1:
        initial = word not in "ai" or _names(words, at + 1) or (at > first and len(words.said[at - 1]) == 1)
        return "l" if initial else ""
    closed = bits & (Bit.FUNCTION | Bit.CALENDAR)
    if bits & _NAMES:
        return "q" if closed or bits & _ORDINARY else "s"
    return "" if closed else "p"


def _names(words: Words, at: int) -> bool:
    """Whether a word is a surname, or in no list, and nothing else: "a moreau", not "a phone"."""
    bits = words.bits[at] if at < len(words.bits) else Bit.WORD
    return bits & (Bit.SURNAME | Bit.UNKNOWN) != 0 and not bits & _ORDINARY
