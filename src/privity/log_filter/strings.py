"""Hides personal data and secrets in one string, by form and by the words that announce them.

Every pattern is bounded, so the time is linear in the text. Doing it again changes nothing. A text of more than 64 Ki
characters is no log line: its end is cut off unseen.
"""

import re
from ipaddress import AddressValueError, IPv6Address
from typing import Final

from privity.log_filter.exceptions import MASK, wordless
from privity.log_filter.keywords import announced

_LABELS: Final = frozenset({"[REDACTED]", "[EMAIL]", "[PHONE]", "[SSN]", "[CARD]", "[IP]"})
_LONGEST: Final = 65_536
_CUT: Final = " [CUT]"
_TURNS: Final = 8  # each one hides more; a text that still changes then is hidden whole

# What cannot be seen parts nothing, and other blanks and dashes are read as the plain ones.
_PLAIN: Final = (
    dict.fromkeys(
        (0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
    )
    | dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
    | dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D), "-")
)
_GAP = "[ .\\-_\u00a0\u2007\u2009\u200b\u202f\u2060\ufeff]"
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_USERINFO: Final = re.compile(r"(?<=://)[^\s/@]{1,256}@")
_EMAIL: Final = re.compile(r"[\w.+%'-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_SECRET: Final = re.compile(
    r"\beyJ[\w-]{8,4096}\.[\w-]{2,4096}(?:\.[\w-]{0,1024})?|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|"
    r"\b[Bb](?:earer|asic)\s+(?=[\w.~+/=-]*[\d=._])[\w.~+/=-]{8,4096}|"
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,16384}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?"
)
_SECRET_STARTS: Final = ("eyJ", "AKIA", "ASIA", "earer ", "asic ", "-----BEGIN ")
_IPV6: Final = re.compile(
    r"(?:(?<![\w:.])|(?<=[A-Za-z_]:))(?:[0-9A-Fa-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4})(?:%\w{1,20})?(?![\w:])"
)
_IPV4: Final = re.compile(rf"(?<![A-Za-z\d.])(?:{_BYTE}\.){{3}}{_BYTE}(?![A-Za-z\d]|\.\d)")
_SEVEN_DIGITS: Final = re.compile(r"\d(?:\D{0,3}\d){6}")
_NUMBER: Final = re.compile(
    r"(?P<uuid>(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f-]))|"
    r"(?P<track>%[Bb]\d{12,19}\^[^?\n]{0,120}\??|;\d{12,19}=\d{4,60}\??)|"
    rf"(?P<card>(?<!\d)\d(?:{_GAP}{{0,2}}\d){{12,18}}(?!\d))|"
    r"(?P<ssn>(?<![\d.-])\d{3}-\d{2}-\d{4}(?![\d-]|\.\d)|"
    r"(?<![\w.-])(?:\d{3}(?P<apart>[ \u00a0\u2011\u2013])\d{2}(?P=apart)\d{4}|"
    r"(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4})(?![\w-]|\.\d))|"
    r"(?P<phone>(?<![A-Za-z\d.-])(?:(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\)[ .-]?|[2-9]\d{2}[ .-])\d{3}[ .-]\d{4}|"
    r"(?:\+?1)?[2-9]\d{2}[2-9]\d{6}|[2-9]\d{2}-\d{4})(?![\w-]|\.\d)|"
    r"(?<![\w+])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}(?!\w))"
)
_SMALLER: Final = re.compile(_NUMBER.pattern.replace("{12,18}", "{99}"))
_SHOWN: Final = {"uuid": None, "track": "[CARD]", "card": "[CARD]", "ssn": "[SSN]", "phone": "[PHONE]"}
_ISSUERS: Final = (
    ("4", "4", (13, 16, 19)),
    ("51", "55", (16,)),
    ("2200", "2720", (16, 17, 18, 19)),
    ("34", "34", (15,)),
    ("37", "37", (15,)),
    ("6011", "6011", (16, 17, 18, 19)),
    ("644", "659", (16, 17, 18, 19)),
    ("62", "62", (16, 17, 18, 19)),
    ("300", "305", (14, 15, 16, 17, 18, 19)),
    ("3095", "3095", (14, 15, 16, 17, 18, 19)),
    ("36", "36", (14, 15, 16, 17, 18, 19)),
    ("38", "39", (14, 15, 16, 17, 18, 19)),
    ("3528", "3589", (16, 17, 18, 19)),
    ("81", "82", (16, 17, 18, 19)),
    ("508", "508", (16,)),
    ("60", "60", (16,)),
    *(
        (prefix, prefix, range(13, 20))
        for prefix in ("5018", "5020", "5038", "5893", "6304", "6759", "6761", "6762", "6763")
    ),
)
_MAY_ANNOUNCE: Final = re.compile(
    r"[:=]|--|[pP][aA][sS][sS]|[pP][wW][dD]\s|[sS][eE][cC][rR][eE][tT]\s|[kK][eE][yY]\s|\s(?:[iI][sS]|[wW][aA][sS])\s|\s\d|\b[bB][oO][rR][nN]\b|\b[dD]\.?[oO]\.?[bB]\b"
)
_VERSION: Final = re.compile(r"(?:\bversion|\brelease|\bv)\s*[:=]?\s*$", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[0-9A-Za-z]*")


def sanitize_string(text: str) -> str:
    """Return the text with personal data and secrets hidden; the same text when there are none. Idempotent."""
    if len(text) > _LONGEST:
        text = "".join(text[: _LONGEST - 200].rsplit(None, 1)[:1]) + _CUT  # at a blank, so that nothing is cut in two
    if not text.isascii():
        plain = text.translate(_PLAIN)
        if plain != text and (hidden := _hidden(plain)) != plain:
            return hidden
    return _hidden(text)


def _hidden(text: str) -> str:
    for _ in range(_TURNS):
        hidden = _once(text)
        if hidden == text:
            return text
        text = hidden
    return MASK


def _once(text: str) -> str:
    text = wordless(text)
    text = _hide_announced(text)
    if "@" in text or "%40" in text:
        text = _EMAIL.sub("[EMAIL]", _USERINFO.sub(f"{MASK}@", text))
    if any(start in text for start in _SECRET_STARTS):
        text = _SECRET.sub(MASK, text)
    if text.count(":") > 1:
        text = _IPV6.sub(lambda match: "[IP]" if _is_ipv6(match[0]) else match[0], text)
    if text.count(".") > 2:
        text = _IPV4.sub(_hide_ipv4, text)
    return _NUMBER.sub(_hide_number, text) if _SEVEN_DIGITS.search(text) else text


def _hide_announced(text: str) -> str:
    """Hide the values that sensitive words announce, unless they are hidden already; quotes stay."""
    if not _MAY_ANNOUNCE.search(text):
        return text
    lowered = text.lower() if text.isascii() else "".join(map(_lower, text))
    parts: list[str] = []
    at = 0
    for first, last in announced(lowered):
        quoted = last - first > 1 and text[first] in "\"'" and text[first] == text[last - 1]
        start, end = (first + 1, last - 1) if quoted else (first, last)
        if start < end and text[start:end] not in _LABELS:
            parts += text[at:start], MASK
            at = end
    return "".join((*parts, text[at:])) if parts else text


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character  # so that places stay


def _hide_ipv4(match: re.Match[str]) -> str:
    return match[0] if _VERSION.search(match.string, max(0, match.start() - 12), match.start()) else "[IP]"


def _hide_number(match: re.Match[str]) -> str:
    kind = next(kind for kind in _SHOWN if match[kind] is not None)
    if kind == "card" and not _is_card(match):
        # What is too long for a phone and no card may still be several numbers beside each other.
        return match[0] if match[0].isdigit() else _SMALLER.sub(_hide_number, match[0])
    return _SHOWN[kind] or match[0]


def _is_card(match: re.Match[str]) -> bool:
    """Whether digits are a card number by issuer and Luhn (ISO/IEC 7812-1), and no part of a long random token."""
    digits = "".join(str(int(character)) for character in match[0] if character.isdecimal())
    if len(set(digits)) == 1 or not any(
        first <= digits[: len(first)] <= last and len(digits) in lengths for first, last, lengths in _ISSUERS
    ):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    if sum(value - 9 if value > 9 else value for value in doubled) % 10:
        return False
    after = _TOKEN.match(match.string, match.end())
    before = len(match.string[max(0, match.start() - 64) : match.start()]) - len(
        match.string[max(0, match.start() - 64) : match.start()].rstrip("0123456789abcdefABCDEF")
    )
    return not (match[0].isdigit() and before + len(match[0]) + len(after[0] if after else "") >= 32)


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text.partition("%")[0])
    except AddressValueError:
        return False
    return any(character.isalnum() for character in text)
