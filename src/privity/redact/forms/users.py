"""The written forms of users: "rob.lindgren", "login=rlind", "@brandt_o", "I'm @lenka27".

Behind the sign a second sign or a digit within a word makes the name of a user of it; a word without one has to stand
where only users do, and to be none of English: "cc @finance" is a team.
"""

from privity.redact.forms.rule import Rule
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.user_words import OF_MACHINES, is_joined

_ENDINGS = frozenset(
    {"com", "net", "org", "edu", "gov", "info", "biz", "app", "dev", "pdf", "doc", "txt", "csv", "exe"}
)


def _is_of_somebody(text: str) -> bool:
    return text.lower() not in OF_MACHINES


def _is_called(text: str) -> bool:
    """Whether a token is a name: "rob.lindgren", "t.corbett"; "done.then", "rose.com" and "report.pdf" are none."""
    given, _, family = text.lower().rstrip("0123456789").partition(".")
    first, last = lexicon().of(given), lexicon().of(family)
    initial = len(given) == 1
    named = initial or (first & Bit.GIVEN and not first & (Bit.WORD | Bit.FUNCTION))
    surname = last & (Bit.SURNAME | Bit.FOREIGN_SURNAME) or (not initial and last & Bit.UNKNOWN)
    return bool(named and surname) and not last & (Bit.WORD | Bit.FUNCTION) and family not in _ENDINGS


def _is_handle(text: str) -> bool:
    """Whether a word behind the sign is a handle: digits make one of it, or a piece that is no word."""
    return is_joined(text) or ("_" not in text and _is_of_somebody(text))


def _is_mentioned(text: str) -> bool:
    known = lexicon().of(text.lower())
    named = known & Bit.GIVEN or not known & (Bit.WORD | Bit.THING)
    return _is_of_somebody(text) and bool(named) and not known & Bit.FUNCTION


_HANDLE = r"@([a-z][a-z0-9_.]{1,28}[a-z0-9])"

USERS: tuple[Rule, ...] = (
    Rule(
        detector="name-with-dot",
        label=Label.USERNAME,
        pattern=r"\b[a-z]{1,20}\.[a-z]{3,20}[0-9]{0,4}\b",
        why="a given name or an initial, a dot and a surname, as users are called",
        check=_is_called,
        alone=True,
        score=0.8,
        holds=(b".",),
    ),
    Rule(
        detector="user-in-log",
        label=Label.USERNAME,
        pattern=r"\b(?:user|user_?name|user_?id|usr|uid|uname|login|owner)=[\"']?([a-z](?:[a-z0-9]|[._-]+[a-z0-9])+)",
        why="the value of a field that names a user",
        check=_is_of_somebody,
        score=0.9,
        holds=(b"user", b"usr=", b"uid=", b"uname=", b"login=", b"owner="),
    ),
    Rule(
        detector="handle",
        label=Label.USERNAME,
        pattern=r"(?:^|[\s\x1d\x1e(,;:\"'/])@([a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]{3,}[0-9]{1,4})\b",
        why="a handle with a sign or digits",
        check=_is_handle,
        score=0.85,
        holds=(b"@",),
    ),
    Rule(
        detector="handle-of-oneself",
        label=Label.USERNAME,
        pattern=rf"\b(?:i'm|i am|we're|call me|find me (?:at|on|as)|message me) {_HANDLE}",
        why="a handle that somebody has",
        check=_is_of_somebody,
        score=0.85,
        holds=(b" @",),
    ),
    Rule(
        detector="handle-of-somebody",
        label=Label.USERNAME,
        pattern=rf"\b(?:tag|message|ask|cc|via|thanks|hi|hey|hello) {_HANDLE}",
        why="a handle behind what is said to people",
        check=_is_mentioned,
        score=0.85,
        holds=(b" @",),
    ),
    Rule(
        detector="handle-acting",
        label=Label.USERNAME,
        pattern=rf"(?:^|[\s\x1d\x1e(,;:]){_HANDLE} (?:posted|wrote|said|says|tagged|replied|commented|shared|sent|"
        r"asked|mentioned|blocked|reported|followed|messaged|keeps|deleted|uploaded|leaked|threatened)\b",
        why="a handle before what people do",
        check=_is_mentioned,
        score=0.85,
        holds=(b"@",),
    ),
)
"""The forms, in the order in which they are tried."""
