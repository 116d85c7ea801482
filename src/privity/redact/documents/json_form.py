"""JSON: strings and keys are read as text, and a key such as `ssn` hides what stands under it whatever it looks like.

`{"turns": [{"speaker", "text", "words"?}]}` is a conversation and is judged as one.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from privity.errors import Unreadable
from privity.redact.documents.columns import label_of_column
from privity.redact.findings import Finding
from privity.redact.hiding import WayToHide
from privity.redact.labels import Label
from privity.redact.redactor import Redactor
from privity.redact.turns import Turn, Word

_FEWEST_DIGITS: Final = 7  # shorter numbers are quantities unless their key says otherwise


class JsonForm:
    """Redacts JSON texts; `findings` are those of all of them."""

    def __init__(self, redactor: Redactor, way: WayToHide) -> None:
        self._redactor = redactor
        self._way = way
        self.findings: list[Finding] = []

    def redact(self, raw: bytes) -> bytes:
        """Return a JSON text redacted; raises Unreadable for what is none."""
        try:
            value = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Unreadable("the input is not JSON", advice="Give one JSON value, in UTF-8.") from None
        try:
            redacted = self._conversation(value) or self.value(value)
        except RecursionError:
            raise Unreadable("the JSON is nested too deep", advice="Flatten it.") from None
        return msgspec.json.format(msgspec.json.encode(redacted), indent=2) + b"\n"

    def _conversation(self, value: Any) -> Any:
        if not isinstance(value, dict) or not isinstance(value.get("turns"), list):
            return None
        try:
            turns = msgspec.convert(value["turns"], list[_TurnIn])
        except msgspec.ValidationError:
            return None
        redacted = self._redactor.redact_turns([turn.turn() for turn in turns], self._way)
        self.findings += redacted.findings
        rest = {key: item for key, item in value.items() if key != "turns"}
        out = [
            {"speaker": self.text(turn.speaker), "text": turn.text}
            | ({"words": [msgspec.to_builtins(word) for word in turn.words]} if turn.words else {})
            for turn in redacted.turns
        ]
        return {**self.value(rest), "turns": out}

    def value(self, value: Any, forced: Label | None = None) -> Any:  # noqa: PLR0911 - one for each kind of value
        """Return any JSON value redacted; under a telling key every leaf is hidden."""
        if isinstance(value, Mapping):
            return self._mapping(value, forced)
        if isinstance(value, list):
            return [self.value(item, forced) for item in value]
        if value is None or isinstance(value, bool):
            return value
        if forced is not None:
            return self.hidden(forced, str(value)) if str(value).strip() else value
        if isinstance(value, str):
            return self.text(value)
        text = str(value)
        if sum(character.isdigit() for character in text) < _FEWEST_DIGITS:
            return value
        shown = self.text(text)
        return value if shown == text else shown

    def _mapping(self, value: Mapping[str, Any], forced: Label | None) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key, item in value.items():
            shown = name = self.text(key)
            while name in out:  # two keys that look the same once they are hidden are still two
                name += "'"
            label = label_of_column(key) if shown == key else None
            wanted = label if label in self._redactor.policy.hides else None
            out[name] = self.value(item, wanted or forced)
        return out

    def text(self, text: str) -> str:
        """Return a string redacted."""
        redacted = self._redactor.redact_text(text, self._way)
        self.findings += redacted.findings
        return redacted.text

    def hidden(self, label: Label, value: str) -> str:
        """Return what stands in the place of a value whose key or column names its kind."""
        self.findings.append(Finding(label=label, detector="column", why="the name of its key or column", score=1.0))
        return self._redactor.instead_of(label, value, self._way)


class _WordIn(msgspec.Struct, frozen=True):
    text: str
    start_ms: int
    end_ms: int
    start: int
    end: int


class _TurnIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    speaker: str
    text: str
    words: tuple[_WordIn, ...] = ()

    def turn(self) -> Turn:
        words = (Word(**{name: getattr(word, name) for name in Word.__struct_fields__}) for word in self.words)
        return Turn(speaker=self.speaker, text=self.text, words=tuple(words))
