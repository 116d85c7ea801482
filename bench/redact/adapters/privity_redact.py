"""Privity: everything on, with `--rules` without the tagger, with `--forms` written forms only, as others have."""

import sys
from collections.abc import Iterator, Sequence

from serving import Detect, Found, serve

LABELS = {
    "NAME": "PERSON", "ZIP": "ADDRESS", "HEALTH_PLAN": "ID", "ACCOUNT": "ID", "VEHICLE": "LICENSE", "DEVICE": "ID",
    "CARD": "CREDIT_CARD", "EXPIRY": "CREDIT_CARD", "CVV": "CREDIT_CARD",
    "OTHER_LANGUAGE": "OTHER",
    "UNCERTAIN": "OTHER",
}  # fmt: skip
WAYS = {"--forms": "written-forms", "--rules": "rules"}


def load() -> Detect:
    from privity.redact import Label, LooksFor, Policy, Redactor

    looks_for = next((way for option, way in WAYS.items() if option in sys.argv), "everything")
    redactor = Redactor().under(Policy(name=looks_for, hides=frozenset(Label), looks_for=LooksFor(looks_for)))

    def detect(texts: Sequence[str]) -> Iterator[Found]:
        for spans in redactor.detect_texts(texts):
            yield [(span.start, span.end, LABELS.get(span.finding.label, str(span.finding.label))) for span in spans]

    return detect


if __name__ == "__main__":
    from privity import __version__

    how = "written forms only" if "--forms" in sys.argv else "rules" if "--rules" in sys.argv else "everything on"
    serve(load, f"Privity {__version__}, {how}")
