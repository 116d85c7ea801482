"""DataFog's pattern engine."""

from collections.abc import Iterator
from importlib.metadata import version

from serving import Detect, serve

LABELS = {"ZIP_CODE": "ADDRESS", "ZIP": "ADDRESS", "IP_ADDRESS": "IP"}
KNOWN = {"EMAIL", "PHONE", "SSN", "CREDIT_CARD", "DOB", "DATE", "PERSON", "LOCATION"}


def load() -> Detect:
    from datafog.processing.text_processing.regex_annotator import RegexAnnotator

    annotator = RegexAnnotator()

    def detect(text: str) -> Iterator[tuple[int, int, str]]:
        _, result = annotator.annotate_with_spans(text)
        for found in result.spans:
            yield found.start, found.end, found.label if found.label in KNOWN else LABELS.get(found.label, "OTHER")

    return detect


if __name__ == "__main__":
    serve(load, f"DataFog {version('datafog')}, patterns")
