r"""Finds what stands within a value and parts nothing: "GB33BU\x00KB...", "53<no-break blank>6-27-8841", a line's end.

Control characters, no-break blanks and signs that could not be read are blanks elsewhere, because they part fields and
words. Within the form of a social security or telephone number, and of an IBAN whose check digits hold, they are
nothing; characters of no width are a dash where the groups of such a number meet, because only its groups tell what it
is.
"""

import re
from collections.abc import Iterator
from itertools import repeat
from string import digits
from typing import Final

from privity.redact import checks

UNSEEN: Final = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default-ignorable code points (Unicode 16, DerivedCoreProperties), combining marks of Latin letters, and keycaps."""

_BLANK: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\ufffc\ufffd"
_WRITTEN: Final = (
    r"&(?:amp;)?(?:#0{0,4}(?:160|173|819[2-9]|820[0-7]|8239|8287|8288|12288|65279)"
    r"|#[xX]0{0,4}(?:[aA][0dD]|20(?:0[0-9a-fA-F]|2[fF]|5[fF]|60)|3000|[fF][eE][fF][fF])"
    r"|nbsp|ensp|emsp|thinsp|shy|zwj|zwnj|ZeroWidthSpace);"
)
_SIGN: Final = rf"[{_BLANK}{UNSEEN}]|{_WRITTEN}|\\u00[aA][0dD]|<[wW][bB][rR]>"
_GAP: Final = rf"(?>(?:(?: ?(?:{_SIGN})){{1,4}} ?)?)"  # taken whole or not at all, so that no form is tried twice
_WRAP: Final = r"(?:[ \t]{0,2}\r?\n[ \t]{0,2}|\t)?"
_BETWEEN: Final = rf"({_GAP}(?>(?:(?:{_WRAP}[-./]{_WRAP}|[ ]){_GAP})?))"


def _digits(count: int) -> str:
    return _GAP.join(["[0-9]"] * count)


_ALONE: Final = rf"(?=[0-9+(])(?<![0-9])(?<![0-9][-.{_BLANK}{UNSEEN}])"
_NO_MORE: Final = rf"(?!{_GAP}[-.]?[0-9])"
_LAST: Final = rf"(?P<last>{rf'(?>[ ]?{chr(92)}r?{chr(92)}n[ ]?|{_GAP})'.join(['[0-9]'] * 4)})"
_FORMS: Final = (
    re.compile(rf"{_ALONE}{_digits(3)}{_BETWEEN}{_digits(2)}{_BETWEEN}{_LAST}{_NO_MORE}"),
    re.compile(
        rf"{_ALONE}(?:\+?{_GAP}1{_BETWEEN})?\(?{_GAP}{_digits(3)}{_GAP}\)?"
        rf"{_BETWEEN}{_digits(3)}{_BETWEEN}{_LAST}{_NO_MORE}"
    ),
)
_ABROAD: Final = re.compile(rf"\+{_GAP}[0-9](?:{_GAP}(?:[-. ()]{{1,3}}+{_GAP})?[0-9]){{7,14}}(?![0-9])")
_IBAN: Final = re.compile(rf"(?<![0-9A-Za-z])([A-Za-z])({_GAP})([A-Za-z])({_GAP})([0-9])({_GAP})([0-9])")
_ONE_MORE: Final = re.compile(rf"((?:{_SIGN}|[ \t\r\n-]){{0,6}}+)([0-9A-Za-z])")
_IN_FOURS: Final = re.compile(r"[A-Za-z0-9]{4}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?")
_FEWEST_OF_FORM: Final = 9  # digits of the shortest value; most texts have fewer
_FEWEST_DIGITS: Final = 10  # every country's account numbers have as many, and words have not
_ODD: Final = re.compile(rf" ?(?:(?:{_SIGN}) ?)+")
_NO_WIDTH: Final = re.compile(
    rf"(?:[{UNSEEN}]|&(?:amp;)?(?:shy|zwj|zwnj|ZeroWidthSpace|#173|#820[3-5]|#[xX](?:[aA][dD]|200[b-dB-D]));"
    "|<[wW][bB][rR]>)+"
)
# What goes on is no hour, with which lines of talk begin.
_WRAPPED: Final = re.compile(
    r"[0-9](?:[-./][ \t]{0,2}[\t\r\n]{1,2}[ \t]{0,2}[0-9]"
    r"|[ \t]{0,2}(?:\r?\n|\t)[ \t]{0,2}(?:[-./]|[0-9]{1,4}(?![0-9:])))"
)
_ODD_OR_BREAK: Final = re.compile(rf"(?:[ \t\r\n]|{_SIGN})+")
_LINE_END: Final = re.compile(r" ?\r?\n ?")


_SIGNS: Final = ("&", "\\u00", "<")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Begins with digits, which are fewer than letters: most texts are only searched for them.
_PLAIN_IBAN: Final = re.compile(r"[0-9]{2}(?<=(?<![0-9A-Za-z])[A-Za-z]{2}[0-9]{2})")


def parting(text: str) -> list[tuple[int, int, str]]:
    """Return what stands within values and parts nothing, in order: from where to where, and what is read instead."""
    if sum(map(text.count, digits)) < _FEWEST_OF_FORM:
        return []
    odd = _holds_odd(text)
    parted = odd or _WRAPPED.search(text) is not None
    if not parted and _PLAIN_IBAN.search(text) is None:
        return []
    found: dict[tuple[int, int], str] = {}
    if parted:
        for form in _FORMS:
            for value in form.finditer(text):
                found.update(_within(text, value))
        for value in _ABROAD.finditer(text):
            found.update((sign.span(), "") for sign in _ODD.finditer(text, *value.span()))
    heads = _IBAN.finditer(text) if odd else map(_from_country, _PLAIN_IBAN.finditer(text), repeat(text))
    found.update((gap, "") for head in heads if head for gap in _within_iban(text, head))
    return [(start, end, instead) for (start, end), instead in sorted(found.items())]


def _within(text: str, value: re.Match[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what stands within a number of several groups; within its last one, where dashes part it, a line's end."""
    between = [value.span(group) for group in range(1, value.re.groups) if value[group] is not None]
    parted = [text[start:end] for start, end in between]
    marked = [_ODD_OR_BREAK.sub("", each) for each in parted]
    if not all(parted[-2:]):
        return  # digits of no groups
    for sign in _ODD.finditer(text, *value.span()):
        if not any(start <= sign.start() < end for start, end in between):
            yield sign.span(), ""
    for (start, end), each, mark in zip(between, parted, marked, strict=True):
        if mark:
            yield from (((start + odd.start(), start + odd.end()), "") for odd in _ODD_OR_BREAK.finditer(each))
        elif _NO_WIDTH.fullmatch(each):
            yield (start, end), "-"
        elif len(each) > 1:
            yield (start, end), " "
    if all(marked[-2:]):
        yield from ((wrap.span(), "") for wrap in _LINE_END.finditer(text, *value.span("last")))


def _holds_odd(text: str) -> bool:
    if not text.isascii() or any(map(text.__contains__, _SIGNS)):
        return _ODD.search(text) is not None
    return not text.isprintable() and _CONTROL.search(text) is not None


def _from_country(digits: re.Match[str], text: str) -> re.Match[str] | None:
    return _IBAN.match(text, digits.start() - 2)


def _within_iban(text: str, head: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield what stands within an account number whose check digits hold, unless it stands in groups of four."""
    size = checks.iban_length(head[1] + head[3])
    read = [head[1], head[3], head[5], head[7]]
    gaps, at = [head.span(group) for group in (2, 4, 6)], head.end()
    while len(read) < size and (one := _ONE_MORE.match(text, at)):
        gaps.append(one.span(1))
        read.append(one[2])
        at = one.end()
    account = "".join(read).upper()
    if (
        len(read) == size
        and not text[at : at + 1].isalnum()
        and sum(map(str.isdigit, account)) >= _FEWEST_DIGITS
        and not _IN_FOURS.fullmatch(text, head.start(), at)
        and checks.iban(account)
    ):
        yield from ((start, end) for start, end in gaps if start < end)
