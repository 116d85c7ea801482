"""Privity, everything on."""

from collections.abc import Iterator

from serving import Detect, serve

LABELS = {
    "NAME": "PERSON", "ZIP": "ADDRESS", "HEALTH_PLAN": "ID", "ACCOUNT": "ID", "VEHICLE": "LICENSE", "DEVICE": "ID",
    "CARD": "CREDIT_CARD", "EXPIRY": "CREDIT_CARD", "CVV": "CREDIT_CARD",
}  # fmt: skip


def load() -> Detect:
    from privity.redact import Redactor

    redactor = Redactor()

    def detect(text: str) -> Iterator[tuple[int, int, str]]:
        for span in redactor.detect_text(text):
            yield span.start, span.end, LABELS.get(span.finding.label, str(span.finding.label))

    return detect


if __name__ == "__main__":
    from privity import __version__

    serve(load, f"Privity {__version__}")
