"""Names that stand in a row with others: "Present: Hill, Cook, Nguyen and Obi", "CC: M. Brook; B. Krause".

Surnames that are English words are nobody's by themselves. In a row, where as many are names for sure, they are people
like the rest; two with initials are a row by their form.
"""

import re
from collections.abc import Iterator

from privity.redact.names.parts import NameParts
from privity.redact.reading.lexicon import LISTED, Bit
from privity.redact.reading.transcript import Transcript

_SMALL = r"(?:(?:van|von|de|del|da|dos|di|der|den|al|el|bin) ){0,2}"
_ONE = rf"(?:[A-Z]\.[ -]?){{0,2}}{_SMALL}[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+| [A-Z]\.){{0,2}}"
_ASIDE = r"(?: \([^()\n\x1d\x1e]{1,24}\))?"
_ROW = re.compile(
    rf"(?<![A-Za-z0-9@.'-]){_ONE}{_ASIDE}(?:(?:[,;] (?:and |or |& )?| and | & |, ?\n){_ONE}{_ASIDE}){{1,40}}"
)
_ELEMENT = re.compile(rf"({_ONE}){_ASIDE}(?:[,;] (?:and |or |& )?| and | & |, ?\n|$)")
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?){1,2}(?=[A-Za-z])")
_LEAST = 2
_FEWEST = 3  # elements of a row without initials
_MAY_NAME = LISTED | Bit.UNKNOWN | Bit.FOREIGN_SURNAME | Bit.INITIAL | Bit.PARTICLE
_NO_NAME = Bit.TITLE | Bit.CALENDAR | Bit.PEOPLE | Bit.REGION | Bit.NO_NAME | Bit.THING | Bit.NUMBER | Bit.NO_PERSON
# Behind an initial many a word is a surname: "G. Field".
_MAY_SIGN = _MAY_NAME | Bit.WORD
_NO_SIGNER = _NO_NAME & ~Bit.NO_NAME


def enumerated(parts: NameParts, transcript: Transcript, seen: bytearray) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of names that stand in a row; `seen` has a one for each word of a name."""
    if not any(sign in transcript.cased for sign in (", ", "; ")):
        return
    for row in _ROW.finditer(transcript.cased):
        elements = [
            (_INITIALS.match(element[1]) is not None, *_words(transcript, *element.span(1)))
            for element in _ELEMENT.finditer(transcript.cased, *row.span())
        ]
        sure = sum(_is_sure(parts, seen, first, last) for _, first, last in elements)
        initialled = sum(initials for initials, _, _ in elements)
        if (len(elements) < _FEWEST or sure < _LEAST or sure * 2 < len(elements)) and initialled < _LEAST:
            continue
        for initials, first, last in elements:
            may_name = _may_be(parts, first, last, *((_MAY_SIGN, _NO_SIGNER) if initials else (_MAY_NAME, _NO_NAME)))
            if may_name and (sure >= _LEAST or initials) and not any(seen[first : last + 1]):
                yield first, last


def _words(transcript: Transcript, start: int, end: int) -> tuple[int, int]:
    first = transcript.words.at_or_behind(start)
    return first, max(first, transcript.words.at_or_behind(end) - 1)


def _is_sure(parts: NameParts, seen: bytearray, first: int, last: int) -> bool:
    """Whether an element is a name without the others: found before, or of no other sense."""
    if all(seen[first : last + 1]):
        return True
    return any(
        parts.bits[at] & (Bit.SURNAME | Bit.FOREIGN_SURNAME | Bit.NAMELIKE)
        and not parts.bits[at] & (Bit.WORD | _NO_NAME)
        for at in range(first, last + 1)
    )


def _may_be(parts: NameParts, first: int, last: int, kinds: int, others: int) -> bool:
    """Whether each word of an element may be part of a name."""
    return all(parts.bits[at] & kinds and not parts.bits[at] & (others | Bit.PLAIN) for at in range(first, last + 1))
