"""DataFog's pattern engine."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version

from serving import Detect, Found, serve

LABELS = {"ZIP_CODE": "ADDRESS", "ZIP": "ADDRESS", "IP_ADDRESS": "IP"}
KNOWN = {"EMAIL", "PHONE", "SSN", "CREDIT_CARD", "DOB", "DATE", "PERSON", "LOCATION"}


def label(entity: str) -> str:
    """Return our label for one of DataFog's."""
    return entity if entity in KNOWN else LABELS.get(entity, "OTHER")


def load() -> Detect:
    from datafog.processing.text_processing.regex_annotator import RegexAnnotator

    annotator = RegexAnnotator()

    def detect(texts: Sequence[str]) -> Iterator[Found]:
        for text in texts:
            spans = annotator.annotate_with_spans(text)[1].spans
            yield [(each.start, each.end, label(each.label)) for each in spans]

    return detect


if __name__ == "__main__":
    serve(load, f"DataFog {version('datafog')}, patterns")
