"""Privity: everything on, or with `--forms` written forms only, as others have patterns."""

import sys
from collections.abc import Iterator, Sequence

from serving import Detect, Found, serve

LABELS = {
    "NAME": "PERSON", "ZIP": "ADDRESS", "HEALTH_PLAN": "ID", "ACCOUNT": "ID", "VEHICLE": "LICENSE", "DEVICE": "ID",
    "CARD": "CREDIT_CARD", "EXPIRY": "CREDIT_CARD", "CVV": "CREDIT_CARD",
    "OTHER_LANGUAGE": "OTHER",
    "UNCERTAIN": "OTHER",
}  # fmt: skip


def load() -> Detect:
    from privity.redact import Label, LooksFor, Policy, Redactor

    redactor = Redactor()
    if "--forms" in sys.argv:
        redactor = Redactor(Policy(name="forms", hides=frozenset(Label), looks_for=LooksFor.WRITTEN_FORMS))

    def detect(texts: Sequence[str]) -> Iterator[Found]:
        for spans in redactor.detect_texts(texts):
            yield [(span.start, span.end, LABELS.get(span.finding.label, str(span.finding.label))) for span in spans]

    return detect


if __name__ == "__main__":
    from privity import __version__

    how = "written forms only" if "--forms" in sys.argv else "everything on"
    serve(load, f"Privity {__version__}, {how}")
