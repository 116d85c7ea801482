"""Names that an initial belongs to: "B. Tuilagi, RN", "Moira, middle initial L, Calder", "MI: J" of a form."""

from collections.abc import Iterator

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered

_DEGREES = (
    "rn lpn lvn cna arnp md do np fnp aprn crna pharmd rph lcsw lmft lpc dds dmd phd psyd dvm dpt otr slp esq frcs "
    "frcp mrcp"
)
# "R. Haddad, PharmD": behind a profession an initial and a word are who signs.
_SIGNED = Triggered(
    rf"\b([a-z]\.[ ]?(?:[a-z]\.[ ]?)?[a-z][a-z'-]+)(?:,[ ]?|[ ])((?:{_DEGREES.replace(' ', '|')}|pa-c))\b".encode(),
    needs=(f"{_DEGREES} pa",),
)
_MIDDLE = Triggered(
    rb"\b([a-z][a-z'-]+),?[ ](?:with[ ]a[ ])?middle[ ]initial[ ]([a-z])\b(?:[,.]?[ ]([a-z][a-z'-]+))?",
    needs=("initial",),
)
_OF_PATIENT = Triggered(
    rb"\b(?:client|pt|patient|resident|minor|child|student)[ ]([a-z]\.[ ]?[a-z]\.)(?:[ ,;:)\n\x1d\x1e]|$)",
    needs=("client pt patient resident minor child student",),
)
_FIELD = Triggered(rb"\bmi:[ ]?([a-z])\b", needs=("mi", ":"))
_NO_NAME = Bit.FUNCTION | Bit.NUMBER | Bit.CALENDAR | Bit.TITLE
_ORDINARY = Bit.WORD | _NO_NAME

_FOUND = finding(Label.NAME, "name-initialled", "a name with its initial", 0.86, "form")
NEEDS = Group(_SIGNED, _MIDDLE, _FIELD, _OF_PATIENT)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return names that stand with an initial, and the initial of a form."""
    for match in _SIGNED.finditer(transcript.octets):
        signed = transcript.cased[match.start(2)].isupper() or transcript.cased[match.end(1)] == ","
        if transcript.cased[match.start(1)].isupper() and signed:
            yield Claim((match.span(1),), _FOUND)
    for match in _OF_PATIENT.finditer(transcript.octets):
        if transcript.cased[match.start(1)].isupper():
            yield Claim((match.span(1),), _FOUND)
    for match in _MIDDLE.finditer(transcript.octets):
        if _is_name(transcript, match.span(1)):
            yield Claim((match.span(1),), _FOUND)
            yield Claim((match.span(2),), _FOUND)
            if match[3] and _is_name(transcript, match.span(3)):
                yield Claim((match.span(3),), _FOUND)
    for match in _FIELD.finditer(transcript.octets):
        yield Claim((match.span(1),), _FOUND)


def _is_name(transcript: Transcript, part: Part) -> bool:
    """Whether a word beside a middle initial is a name: "my middle initial is" has none."""
    written = transcript.cased[slice(*part)]
    known = lexicon().of(written.lower())
    return not known & (_NO_NAME if written[0].isupper() else _ORDINARY)
