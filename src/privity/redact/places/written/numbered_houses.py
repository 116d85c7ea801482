"""Houses whose street alone tells nothing: "H.No. 12-4/A", "C/ Mayor 14", "the 1400 block of N. Lowry"."""

import re
from collections.abc import Iterator

from privity.redact.claims import Part
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

# A house and its plot in India, a street of Spain behind the sign of its kind, the hundred of houses of a report.
_HOUSES = Triggered(
    rb"\b(?:(h\. ?no\.? ?[0-9][0-9a-z]{0,5}(?:[/-][0-9a-z]{1,5}){0,4})|"
    rb"(c/ ?(?:(?:de|del|la|las|los|el) ){0,2}[a-z][a-z'-]+(?: [a-z][a-z'-]+){0,4},? (?:n[.o]{0,2} ?)?[0-9]{1,4})|"
    rb"([0-9]{1,3}00 block of (?:[nsew]\.? ?)?[a-z0-9]+(?: [a-z]+){0,2}))\b",
    needs=("h c block", A_DIGIT),
)
_CALLED = re.compile(r"(?:[NSEW]\.? ?)?(?:[A-Z][a-z]+|[0-9]{1,3}(?:st|nd|rd|th))(?: [A-Z][a-z]+){0,2}", re.ASCII)
_PLOT = re.compile(rb"[0-9a-z][/-]")
_CALLE = re.compile(r"C/ ?(?:(?:de|del|la|las|los|el) ){0,2}[A-Z]", re.ASCII)
_OF = " of "


def houses(transcript: Transcript) -> Iterator[Part]:
    """Yield where such houses stand, with the names of their streets."""
    cased = transcript.cased
    for match in _HOUSES.finditer(transcript.octets):
        if match[1] is not None:
            if _PLOT.search(match[1]) or cased.startswith(",", match.end(1)):  # "H. No. 9 is a symphony"
                yield match.span(1)
        elif match[2] is not None:
            if _CALLE.match(cased, match.start(2)):
                yield match.span(2)
        else:
            name = transcript.folded.index(_OF, match.start(3)) + len(_OF)
            if called := _CALLED.match(cased, name, match.end(3)):
                yield match.start(3), called.end()
