"""The table of written forms: one rule a row, each a linear-time RE2 pattern over folded lower-case text."""

import ipaddress

from privity.redact import checks
from privity.redact.forms.abroad import ABROAD
from privity.redact.forms.keys import KEYS
from privity.redact.forms.records import RECORDS
from privity.redact.forms.rule import Rule
from privity.redact.forms.spanish_and_french import SPANISH_AND_FRENCH
from privity.redact.forms.users import USERS
from privity.redact.labels import Label
from privity.redact.reading.vocabulary import DIGIT_WORDS, vocabulary


def _is_ip(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return len(text) > 6 and not address.is_loopback  # 127.0.0.1 is every machine's own


def _is_ssn(text: str) -> bool:
    return checks.ssn("".join(filter(str.isdigit, text.replace("%20", "").replace("%2D", ""))))


def _is_nir(text: str) -> bool:
    """Whether the key of a French social security number holds: 97 less the rest by 97; Corsica counts as 19 and 18."""
    number = "".join(filter(str.isalnum, text)).replace("2A", "19").replace("2B", "18")
    return number.isdigit() and 97 - int(number[:13]) % 97 == int(number[13:])


def _is_encoded_card(text: str) -> bool:
    return checks.card(text.replace("%20", "").replace("%2D", "").replace("+", ""))


def _may_be_mailbox(text: str) -> bool:
    return text.split(None, 1)[0].lower() not in vocabulary().no_mailboxes


def _has_record_digits(text: str) -> bool:
    return any(c.isalpha() for c in text) and sum(c.isdigit() for c in text) >= 4


_TOP_LEVEL = "com|org|net|edu|gov|io|info|biz|us|uk|ca|de|fr|co|me|app|dev|health|ai|ch|au|es|it|nl|eu"
_VEILED_AT = r"\s*[\[({] ?at ?[\])}]\s*"
_VEILED_DOT = r"(?:\s*[\[({]\s*dot\s*[\])}]\s*|\.|\s+dot\s+)"
_DIGIT_WORD = f"(?:{'|'.join(DIGIT_WORDS)}|double|triple)"
_MBI_LETTER = "[ac-hj-km-np-rt-y]"
_MBI_EITHER = "[ac-hj-km-np-rt-y0-9]"

RULES: tuple[Rule, ...] = (
    *RECORDS,
    *ABROAD,
    *SPANISH_AND_FRENCH,
    *USERS,
    Rule(
        detector="track-data",
        label=Label.CARD,
        pattern=r"%b[0-9]{12,19}\^[^^\x1d\x1e\n]{2,26}\^[0-9]{4,}[^?\s\x1d\x1e]{0,40}\??|;[0-9]{12,19}=[0-9]{4,30}\??",
        why="magnetic stripe data (ISO/IEC 7813)",
        score=1.0,
        holds=(b"%b", b"="),
    ),
    Rule(
        detector="email",
        label=Label.EMAIL,
        pattern=r"\b[a-z0-9][a-z0-9._%+'-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+\b",
        why="e-mail form",
        score=0.99,
        holds=(b"@",),
    ),
    Rule(
        detector="email-unended",
        label=Label.EMAIL,
        pattern=r"\b[a-z0-9][a-z0-9._+-]*@(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|proton(?:mail)?|msn|comcast|live)\b",
        why="mailbox at a well-known host, without the end of its domain",
        score=0.96,
        holds=(b"@",),
    ),
    Rule(
        detector="email-spaced",
        label=Label.EMAIL,
        pattern=rf"\b[a-z0-9][a-z0-9._+-]*\s@\s[a-z0-9-]+(?:\s?\.\s?[a-z0-9-]+)*\s?\.\s?(?:{_TOP_LEVEL})\b",
        why="e-mail form with blanks",
        score=0.97,
        holds=(b" @ ",),
    ),
    Rule(
        detector="email-half-spoken",
        label=Label.EMAIL,
        pattern=rf"\b[a-z0-9][a-z0-9._-]*\s+at\s+[a-z0-9-]+\.(?:{_TOP_LEVEL})\b",
        why='e-mail form with a spoken "at"',
        check=_may_be_mailbox,
        score=0.96,
        holds=(b"at",),
    ),
    Rule(
        detector="email-veiled",
        label=Label.EMAIL,
        pattern=rf"\b[a-z0-9][a-z0-9._+-]*{_VEILED_AT}[a-z0-9-]+(?:{_VEILED_DOT}[a-z0-9-]+)*(?:{_VEILED_DOT}(?:{_TOP_LEVEL}))\b",
        why='e-mail form that is veiled from programs: "(at)", "[dot]"',
        score=0.97,
        holds=(b"at)", b"at]", b"at}", b"at )", b"at ]", b"at }"),
    ),
    Rule(
        detector="url",
        label=Label.URL,
        pattern=r"\b(?:https?|ftp)://[^\s\x1d\x1e<>\"]+|\b[a-z][a-z0-9+.-]{1,20}://[^\s\x1d\x1e<>\"@]{1,200}@[^\s\x1d\x1e<>\"]+|\bwww\.[^\s\x1d\x1e<>\"]+",
        why="URL form",
        score=0.98,
        holds=(b"://", b"www."),
    ),
    Rule(
        detector="domain",
        label=Label.URL,
        pattern=r"\b[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|io|info|biz)\b(?:/[^\s\x1d\x1e<>\"]*)?",
        why="domain name",
        score=0.9,
        holds=(b".",),
    ),
    Rule(
        detector="domain-and-path",
        label=Label.URL,
        pattern=r"\b[a-z][a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.[a-z]{2,8}/[a-z0-9][^\s\x1d\x1e<>\"?,]*",
        why="host and path",
        score=0.88,
        holds=(b"/",),
    ),
    Rule(
        detector="domain-elsewhere",
        label=Label.URL,
        pattern=r"\b[a-z][a-z0-9-]{2,}(?:\.[a-z0-9-]+)*\.(?:ca|uk|dev|app|health|care|clinic|online|store|shop|tech|cloud|us)\b",
        why="domain name",
        score=0.85,
        holds=(b".",),
    ),
    Rule(
        detector="ip-v4",
        label=Label.IP,
        pattern=r"\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b",
        why="four octets",
        score=0.99,
        check=_is_ip,
        validator="octets ok",
        heeds_cues=True,
        only_right_before=True,
        holds=(b".",),
    ),
    Rule(
        detector="ip-v6",
        label=Label.IP,
        pattern=r"(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}",
        why="IPv6 form",
        score=0.9,
        check=_is_ip,
        validator="octets ok",
        holds=(b":",),
    ),
    Rule(
        detector="mac",
        label=Label.DEVICE,
        pattern=r"\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b|\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b",
        why="hardware address form",
        score=0.9,
        holds=(b":", b"-", b"."),
    ),
    Rule(
        detector="iban",
        label=Label.IBAN,
        pattern=r"\b[a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?\b",
        why="IBAN form, mod 97 ok",
        score=0.99,
        reaches=checks.iban_reaches,
        validator="mod 97 ok",
    ),
    Rule(
        detector="ssn",
        label=Label.SSN,
        pattern=r"\b[0-9]{3}(?:[-. +]|%2[0d])[0-9]{2}(?:[-. +]|%2[0d])[0-9]{4}\b",
        why="grouped 3-2-4, ranges ok",
        score=0.93,
        check=_is_ssn,
        validator="ranges ok",
    ),
    Rule(
        detector="card-in-url",
        label=Label.CARD,
        pattern=r"[0-9]{4}(?:(?:%2[0d]|\+)[0-9]{4,6}){2,3}",
        why="a card number with blanks as in addresses, Luhn ok",
        score=0.99,
        check=_is_encoded_card,
        validator="Luhn ok",
        holds=(b"%2", b"+"),
    ),
    Rule(
        detector="card-in-one-word",
        label=Label.CARD,
        pattern=rf"\b{_DIGIT_WORD}{{12,19}}\b",
        why="as many digits as a card has, said and written as one word",
        score=0.9,
    ),
    Rule(
        detector="ssn-half-masked",
        label=Label.SSN,
        pattern=r"(?:x{3}|\*{3})[- ]?(?:x{2}|\*{2})[- ]?([0-9]{4})\b",
        why="a social security number of which the last four are left",
        score=0.97,
        holds=(b"xx", b"**"),
    ),
    Rule(
        detector="ssn-in-one-word",
        label=Label.SSN,
        pattern=rf"\b{_DIGIT_WORD}{{8,11}}\b",
        why="as many digits as a social security number has, said and written as one word",
        score=0.9,
    ),
    Rule(
        detector="nir",
        label=Label.SSN,
        pattern=r"\b[12][ .]?[0-9]{2}[ .]?(?:0[1-9]|1[0-2]|[2-9][0-9])[ .]?[0-9][0-9ab]"
        r"[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{2}\b",
        why="form of a French social security number, key ok",
        score=0.985,
        check=_is_nir,
        validator="key ok",
    ),
    Rule(
        detector="vin",
        label=Label.VEHICLE,
        pattern=r"\b[a-hj-npr-z0-9]{17}\b",
        why="17 characters, VIN check digit ok",
        score=0.97,
        check=checks.vin,
        validator="check digit ok",
    ),
    Rule(
        detector="dea",
        label=Label.LICENSE,
        pattern=r"\b[a-z][a-z9][0-9]{7}\b",
        why="DEA form, check digit ok",
        score=0.9,
        check=checks.dea,
        validator="check digit ok",
    ),
    Rule(
        detector="mbi",
        label=Label.HEALTH_PLAN,
        pattern=rf"\b[1-9]{_MBI_LETTER}{_MBI_EITHER}[0-9][ -]?{_MBI_LETTER}{_MBI_EITHER}[0-9]"
        rf"[ -]?{_MBI_LETTER}{{2}}[0-9]{{2}}\b",
        why="Medicare Beneficiary Identifier form",
        score=0.9,
    ),
    Rule(
        detector="quebec-health",
        label=Label.HEALTH_PLAN,
        pattern=r"\b[a-z]{4}[0-9]{2}(?:[05][1-9]|[16][0-2])[0-3][0-9]{3}\b",
        why="form of a Quebec health insurance number, month and day ok",
        score=0.9,
    ),
    Rule(
        detector="quebec-health-grouped",
        label=Label.HEALTH_PLAN,
        pattern=r"\b(?:ramq|maladie|health|assurance)[:#]? (?:[a-z]{2,9}[:#]? ){0,3}([a-z]{4} [0-9]{4} [0-9]{4})\b",
        why="four letters and eight digits behind the words for health insurance",
        score=0.9,
        holds=(b"ramq", b"maladie", b"health", b"assurance"),
    ),
    Rule(
        detector="phone-nanp",
        label=Label.PHONE,
        pattern=r"(?:\+?1[-. ]{0,2})?\(?[0-9]{3}\)?[-. /]{1,2}[0-9]{3}[-. ][0-9]{4}"
        r"(?:,?\s*(?:x|ext\.?|extension)\s*[0-9]{1,6})?",
        why="grouped 3-3-4",
        score=0.98,
        alone=True,
        heeds_cues=True,
        only_right_before=True,
    ),
    Rule(
        detector="phone-local",
        label=Label.PHONE,
        pattern=r"[2-9][0-9]{2}-[0-9]{4}",
        why="grouped 3-4",
        score=0.6,
        alone=True,
        heeds_cues=True,
    ),
    Rule(
        detector="phone-british",
        label=Label.PHONE,
        pattern=r"07[0-9]{3}[-. ]?[0-9]{3}[-. ]?[0-9]{3}",
        why="a mobile telephone of Britain",
        score=0.9,
        alone=True,
        heeds_cues=True,
        holds=(b"07",),
    ),
    Rule(
        detector="immigration-receipt",
        label=Label.ID,
        pattern=r"\b(?:ioe|msc|lin|src|eac|wac|nbc|ysc)[- ]?[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{5}\b",
        why="a service center and ten digits, as on a receipt of USCIS",
        score=0.9,
        holds=(b"ioe", b"msc", b"lin", b"src", b"eac", b"wac", b"nbc", b"ysc"),
    ),
    Rule(
        detector="phone-international",
        label=Label.PHONE,
        pattern=r"\+[0-9]{1,3}(?:[-. ()]{0,3}[0-9]{1,5}){2,6}\b",
        why="international form",
        score=0.98,
        heeds_cues=True,
        holds=(b"+",),
    ),
    Rule(
        detector="password",
        label=Label.PASSWORD,
        pattern=r"\b(?:password|passwd|pwd|passphrase|passcode|secret|api[ _-]?key|token)(?:\s+is|\s+was)?\s*[:=]\s*"
        r"([^\s\x1d\x1e,;]{3,})",
        why='cue "password", then a value',
        score=0.95,
        holds=(b"pass", b"pwd", b"secret", b"key", b"token"),
    ),
    Rule(
        detector="authorization",
        label=Label.PASSWORD,
        pattern=r"\bauthorization\"?\s*[:=]\s*\"?(?:(?:bearer|basic|digest|token)\s+)?([^\s\x1d\x1e,;\"]{3,})",
        why='the value of an "Authorization" header',
        score=0.95,
        holds=(b"authorization",),
    ),
    *KEYS,
    Rule(
        detector="record-number",
        label=Label.ID,
        pattern=r"\b(?:[a-z]{1,4}-[0-9]{5,}(?:-[0-9]+)?|[a-z]{2,4}[0-9]{6,}[a-z]{0,2})\b",
        why="letters and five or more digits",
        score=0.6,
        check=_has_record_digits,
        heeds_cues=True,
    ),
)
