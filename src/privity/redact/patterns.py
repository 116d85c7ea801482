"""Identifiers that have a written form of their own: e-mail, URL, IP, IBAN, SSN, phone, VIN, card tracks, credentials.

Every rule is a linear-time RE2 pattern over the folded octets and, where there is one, a check. All patterns stand in
one RE2 set: a text is first asked which of them occur at all, and only those are searched for their places.
"""

import ipaddress
from collections.abc import Callable, Iterator

import re2
from msgspec import Struct

from privity.redact import checks
from privity.redact.claims import Claim
from privity.redact.cues import Cues
from privity.redact.labels import Label
from privity.redact.transcript import Transcript


class Rule(Struct, frozen=True):
    """One written form. A group, if there is one, narrows what is hidden; `check` sees it
    without blanks and in capitals."""

    detector: str
    label: Label
    pattern: str
    why: str
    score: float
    check: Callable[[str], bool] | None = None
    alone: bool = False  # whether no digit, letter, "-" or "." may adjoin it
    heeds_cues: bool = True  # a harmless cue keeps it readable, another cue renames it


def _ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _iban(text: str) -> bool:
    return checks.iban(text)


def _ssn(text: str) -> bool:
    return checks.ssn("".join(filter(str.isdigit, text)))


def _with_letters_and_digits(text: str) -> bool:
    return any(c.isalpha() for c in text) and sum(c.isdigit() for c in text) >= 4


_TOP_LEVEL = "com|org|net|edu|gov|io|info|biz|us|uk|ca|de|fr|co|me|app|dev|health|ai|ch|au|es|it|nl|eu"
_SAID = r"(?:[a-z]+|[0-9]+)"
_MAIL_HOST = "gmail|yahoo|hotmail|outlook|icloud|aol|comcast|proton ?mail|verizon|live|msn|me"

RULES: tuple[Rule, ...] = (
    Rule("track-data", Label.CARD, r"%b[0-9]{12,19}\^[^^\x1e\n]{2,26}\^[0-9]{4,}[^?\s\x1e]{0,40}\??|;[0-9]{12,19}=[0-9]{4,30}\??",
         "magnetic stripe data", 1.0, heeds_cues=False),
    Rule("email", Label.EMAIL, r"\b[a-z0-9][a-z0-9._%+'-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+\b", "e-mail form", 0.99, heeds_cues=False),
    Rule("email-spoken", Label.EMAIL,
         rf"\b{_SAID}(?:\s+(?:dot|underscore|dash|hyphen|period|point)\s+{_SAID})*(?:\s[0-9]+)?\s+at\s+"
         rf"(?:(?:{_MAIL_HOST})(?:\s*(?:dot|\.)\s*(?:{_TOP_LEVEL}))?\b|{_SAID}(?:\s+(?:dash|hyphen|dot)\s+{_SAID}){{0,3}}\s+dot\s+(?:{_TOP_LEVEL})\b)",
         'spoken e-mail form, "at" and a mail host', 0.96, heeds_cues=False),
    Rule("email-half-spoken", Label.EMAIL, rf"\b[a-z0-9][a-z0-9._-]*\s+at\s+[a-z0-9-]+\.(?:{_TOP_LEVEL})\b", "e-mail form with a spoken at", 0.96, heeds_cues=False),
    Rule("url", Label.URL, r"\b(?:https?|ftp)://[^\s\x1e<>\"]+|\bwww\.[^\s\x1e<>\"]+", "URL form", 0.98, heeds_cues=False),
    Rule("domain", Label.URL, rf"\b[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|io|info|biz)\b(?:/[^\s\x1e<>\"]*)?", "domain name", 0.9, heeds_cues=False),
    Rule("url-spoken", Label.URL, rf"\bw\s*w\s*w\s+dot\s+{_SAID}(?:\s+dot\s+{_SAID})+|\b{_SAID}\s+dot\s+(?:com|org|net|edu|gov)(?:\s+slash\s+{_SAID})*\b", "spoken URL form", 0.85, heeds_cues=False),
    Rule("ip-v4", Label.IP, r"\b([0-9]{1,3}(?:\.[0-9]{1,3}){3})\b", "four octets", 0.95, _ip),
    Rule("ip-v6", Label.IP, r"((?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4})", "IPv6 form", 0.9, lambda text: len(text) > 6 and _ip(text), heeds_cues=False),
    Rule("mac", Label.DEVICE, r"\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b", "hardware address form", 0.9, heeds_cues=False),
    Rule("iban", Label.IBAN, r"\b[a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?\b", "IBAN form, mod 97 ok", 0.99, _iban, heeds_cues=False),
    Rule("ssn", Label.SSN, r"\b[0-9]{3}[-. ][0-9]{2}[-. ][0-9]{4}\b", "grouped 3-2-4, ranges ok", 0.93, _ssn, heeds_cues=False),
    Rule("vin", Label.VEHICLE, r"\b[a-hj-npr-z0-9]{17}\b", "17 characters, VIN check digit ok", 0.97, checks.vin),
    Rule("dea", Label.LICENSE, r"\b[a-z][a-z9][0-9]{7}\b", "DEA form, check digit ok", 0.9, checks.dea),
    Rule("mbi", Label.HEALTH_PLAN, r"\b[1-9][ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9][0-9]-?[ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9][0-9]-?[ac-hj-km-np-rt-y]{2}[0-9]{2}\b",
         "Medicare Beneficiary Identifier form", 0.9),
    Rule("phone-nanp", Label.PHONE, r"((?:\+?1[-. ]{0,2})?\(?[0-9]{3}\)?[-. /]{1,2}[0-9]{3}[-. ][0-9]{4}(?:,?\s*(?:x|ext\.?|extension)\s*[0-9]{1,6})?)",
         "grouped 3-3-4", 0.9, alone=True),
    Rule("phone-local", Label.PHONE, r"[2-9][0-9]{2}-[0-9]{4}", "grouped 3-4", 0.6, alone=True),
    Rule("phone-international", Label.PHONE, r"\+[0-9]{1,3}(?:[-. ()]{0,3}[0-9]{1,5}){2,6}\b", "international form", 0.92),
    Rule("password", Label.PASSWORD, r"\b(?:password|passwd|pwd|passphrase|passcode|secret|api[ _-]?key|token)(?:\s+is|\s+was)?\s*[:=]\s*([^\s\x1e,;]{3,})",
         'cue "password", then a value', 0.95, heeds_cues=False),
    Rule("secret-key", Label.PASSWORD, r"\b(?:sk|pk|rk)_(?:live|test)_[a-z0-9]{10,}\b|\bgh[pousr]_[a-z0-9]{20,}\b|\bakia[a-z0-9]{16}\b|\beyj[a-z0-9_-]{10,}\.[a-z0-9_-]{10,}\.[a-z0-9_-]+",
         "form of an access key", 0.97, heeds_cues=False),
    Rule("record-number", Label.ID, r"\b([a-z]{1,4}-[0-9]{5,}(?:-[0-9]+)?|[a-z]{2,4}[0-9]{6,}[a-z]{0,2})\b", "letters and five or more digits", 0.6,
         _with_letters_and_digits),
)  # fmt: skip


class Patterns:
    """The compiled rules."""

    def __init__(self, rules: tuple[Rule, ...] = RULES) -> None:
        self._rules = [(rule, re2.compile(rule.pattern.encode())) for rule in rules]
        self._occurring = re2.Set.SearchSet()
        for rule in rules:
            self._occurring.Add(rule.pattern.encode())
        self._occurring.Compile()

    def claims(self, transcript: Transcript, cues: Cues) -> Iterator[Claim]:
        """Return what the rules find in the transcript."""
        for index in self._occurring.Match(transcript.octets) or ():
            rule, pattern = self._rules[index]
            for match in pattern.finditer(transcript.octets):
                start, end = match.span(pattern.groups)
                value = transcript.cased[start:end].replace(" ", "").replace("-", "").upper()
                if rule.detector in {"ip-v4", "ip-v6"}:
                    value = transcript.cased[start:end]
                if rule.alone and not _stands_alone(transcript.folded, start, end):
                    continue
                if rule.check is not None and not rule.check(value):
                    continue
                cue = cues.governing(start, end) if rule.heeds_cues else None
                if cue is None:
                    yield Claim.of(rule.label, start, end, detector=rule.detector, why=rule.why, score=rule.score)
                elif cue.label is not None:
                    label = cue.label if rule.label is Label.ID or cue.label in _RETYPES else rule.label
                    why = f'{rule.why}, cue "{cue.phrase}"'
                    yield Claim.of(label, start, end, detector=rule.detector, why=why, score=rule.score)


# A phone-like number that is announced as one of these is one of these.
_RETYPES = frozenset({Label.MRN, Label.HEALTH_PLAN, Label.ACCOUNT, Label.BANK_ACCOUNT, Label.ID, Label.LICENSE})


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    return not (
        before.isalnum()
        or before in {"-", ".", "$"}
        or after[:1].isalnum()
        or (after[:1] in {"-", "."} and after[1:].isdigit())
    )
