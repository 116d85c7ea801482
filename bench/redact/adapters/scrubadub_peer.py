"""scrubadub with the detectors that it switches on by itself."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version

from serving import Detect, Found, serve

LABELS = {
    "email": "EMAIL", "phone": "PHONE", "url": "URL", "credential": "PASSWORD", "credit_card": "CREDIT_CARD",
    "social_security_number": "SSN", "twitter": "USERNAME", "skype": "USERNAME", "name": "PERSON", "address": "ADDRESS",
    "date_of_birth": "DOB", "drivers_licence": "LICENSE", "vehicle_licence_plate": "LICENSE", "postalcode": "ADDRESS",
}  # fmt: skip


def load() -> Detect:
    import scrubadub

    scrubber = scrubadub.Scrubber(locale="en_US")

    def detect(texts: Sequence[str]) -> Iterator[Found]:
        for text in texts:
            yield [(each.beg, each.end, LABELS.get(each.type, "OTHER")) for each in scrubber.iter_filth(text)]

    return detect


if __name__ == "__main__":
    serve(load, f"scrubadub {version('scrubadub')}")
