"""The written forms of records and users that stand behind their names: insurance numbers, dockets, plates, logs."""

from privity.redact.forms.rule import Rule
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon

_ENDINGS = frozenset(
    {"com", "net", "org", "edu", "gov", "info", "biz", "app", "dev", "pdf", "doc", "txt", "csv", "exe"}
)
_LEAST = 4  # digits of a licence
_OF_MACHINES = frozenset(
    {
        "admin", "administrator", "root", "system", "guest", "anonymous", "unknown", "null", "none", "true", "false",
        "default", "service", "nobody", "test", "user", "postgres", "www-data", "daemon", "self", "me", "any", "all",
        "current", "id", "name", "undefined", "empty", "public", "customer", "agent", "caller", "invalid", "operator",
    }
)  # fmt: skip


def _is_users(text: str) -> bool:
    return text.lower() not in _OF_MACHINES


def _is_called(text: str) -> bool:
    """Whether a token is a name: "rob.lindgren", "t.corbett"; "done.then", "rose.com" and "report.pdf" are none."""
    given, _, family = text.lower().rstrip("0123456789").partition(".")
    first, last = lexicon().of(given), lexicon().of(family)
    initial = len(given) == 1
    named = initial or (first & Bit.GIVEN and not first & (Bit.WORD | Bit.FUNCTION))
    surname = last & (Bit.SURNAME | Bit.FOREIGN_SURNAME) or (not initial and last & Bit.UNKNOWN)
    return bool(named and surname) and not last & (Bit.WORD | Bit.FUNCTION) and family not in _ENDINGS


def _has_digits(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= _LEAST


RECORDS: tuple[Rule, ...] = (
    Rule(
        detector="national-insurance",
        label=Label.ID,
        pattern=r"\b(?:ni|nino|n\.i\.|insurance)(?:[ ](?:no\.?|number|nr\.?))?[ ]?[:#]?[ ]?"
        r"([a-z]{2}[ ]?[0-9]{2}[ ]?[0-9]{2}[ ]?[0-9]{2}[ ]?[a-d])\b",
        why="form of a British national insurance number behind its name",
        score=0.9,
        holds=(b"ni", b"n.i.", b"insurance"),
    ),
    Rule(
        detector="court-docket",
        label=Label.ID,
        pattern=r"\b(?:[0-9]:)?[0-9]{2}-(?:cv|cr|bk|mc|mj|ap|md|ml|po)-[0-9]{3,6}(?:-[a-z]{2,5}){0,3}\b",
        why="form of a docket number of a court",
        score=0.88,
        holds=(b"-cv-", b"-cr-", b"-bk-", b"-mc-", b"-mj-", b"-ap-", b"-md-", b"-ml-", b"-po-"),
    ),
    Rule(
        detector="driver-license",
        label=Label.LICENSE,
        pattern=r"\bdl[ ]?(?:#|no\.?|number|num)[: ]*([a-z]{0,3}[0-9][a-z0-9]*(?:[- ][0-9]{2,}[a-z]?)*)",
        why="what stands behind the abbreviation of a driver's licence number",
        check=_has_digits,
        score=0.9,
        holds=(b"dl",),
    ),
    Rule(
        detector="plate-german",
        label=Label.VEHICLE,
        pattern=r"\bkennzeichen:?[ ]([a-z]{1,3}[- ][a-z]{1,2}[ ]?[0-9]{1,4}[eh]?|[0-9]{3,4}[ ][a-z]{2,3})\b",
        why="form of a licence plate behind its name",
        score=0.9,
        holds=(b"kennzeichen",),
    ),
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
        check=_is_users,
        score=0.9,
        holds=(b"user", b"usr=", b"uid=", b"uname=", b"login=", b"owner="),
    ),
)
