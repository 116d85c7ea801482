"""JSON: strings and keys are read as text, and a key such as `ssn` hides what stands under it whatever it looks like.

`{"turns": [{"speaker", "text", "words"?}]}` is a conversation and is judged as one; so is what recognizers and chats
write in their own forms (`pieces`).
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

import msgspec

from privity.errors import MALFORMED_JSON, Unreadable
from privity.redact.documents.columns import day_under, label_of_column, words_of_name
from privity.redact.documents.divided import card_places
from privity.redact.documents.pieces import (
    WORD_KEYS,
    Pieces,
    doubted_words,
    first_alternatives,
    pieces_of,
    places_in,
    shown_words,
    words_beside,
    words_of,
)
from privity.redact.findings import Finding, Redacted, Span
from privity.redact.hiding.ways import WayToHide
from privity.redact.labels import Label
from privity.redact.redactor import Redactor
from privity.redact.turns import Turn, Word

_FEWEST_DIGITS: Final = 7  # shorter numbers are quantities unless their key says otherwise
_MOST_KEYS: Final = 10_000
_NOISE: Final = 9  # decimals behind which a float holds its noise: 0.8999999999999999


class JsonForm:
    """Redacts JSON values; `findings` are those of all of them."""

    def __init__(self, redactor: Redactor, way: WayToHide) -> None:
        self._redactor = redactor
        self._way = way
        self._keys: dict[str, str] = {}
        self._recorded: list[str] | None = None
        self._answers: Iterator[Redacted] = iter(())
        self._names: Sequence[str] = ()
        self.findings: list[Finding] = []

    def redact(self, raw: bytes) -> bytes:
        """Return a JSON text redacted; raises Unreadable for what is none."""
        try:
            value = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
        except MALFORMED_JSON:
            raise Unreadable("the input is not JSON", advice="Give one JSON value, in UTF-8.") from None
        try:
            redacted = self.value(value)
        except RecursionError:
            raise Unreadable("the JSON is nested too deep", advice="Flatten it.") from None
        return msgspec.json.format(msgspec.json.encode(redacted), indent=2) + b"\n"

    def batch(self, rows: Sequence[Any], ids: frozenset[str] = frozenset(), *, names: Sequence[str] = ()) -> list[Any]:
        """Return many values redacted; faster than one after the other, because their texts are judged in one pass.

        What stands under a key of `ids` at the top is passed on as it is. Rows whose keys are numbers have the names of
        their columns in `names`.
        """
        self._names = names
        before = len(self.findings)
        self._recorded = []
        for row in rows:
            self.value(row, ids=ids)
        del self.findings[before:]
        texts, self._recorded = self._recorded, None
        self._answers = iter(self._redactor.redact_texts(texts, self._way))
        redacted = [self.value(row, ids=ids) for row in rows]
        self._names = ()
        return redacted

    def value(
        self, value: Any, forced: Label | None = None, *, ids: frozenset[str] = frozenset(), name: str = ""
    ) -> Any:
        """Return any JSON value redacted; under a telling key, of which `name` is the last, every leaf is hidden."""
        if isinstance(value, Mapping):
            return self._object(value, forced, ids)
        if isinstance(value, list):
            return self._list(value, forced, name)
        if value is None or isinstance(value, bool):
            return value
        return self._leaf(value, forced, name)

    def _object(self, value: Mapping[Any, Any], forced: Label | None, ids: frozenset[str]) -> dict[Any, Any]:
        turns = None if forced else _turns_of(value)
        if turns is not None:
            return self._conversation(value, turns, ids)
        beside = None if forced else words_beside(value)
        return self._pieces([value], Pieces(beside[0], None), ids)[0] if beside else self._mapping(value, forced, ids)

    def _list(self, value: list[Any], forced: Label | None, name: str) -> list[Any]:
        if forced is None and (word := words_of(value)) is not None:
            return self._words(value, word)
        if forced is None and (heard := first_alternatives(value)) is not None:
            words = self._words(heard, "content")  # what else a word may have been goes: it may spell what is hidden
            rest = [
                self._mapping({key: item[key] for key in item if key != "alternatives"}, None, frozenset())
                for item in value
            ]
            return [{**others, "alternatives": [word]} for others, word in zip(rest, words, strict=True)]
        if forced is None and (pieces := pieces_of(value, name)) is not None:
            return self._pieces(value, pieces)
        cards = self._cards(value) if forced is None else ()
        named = name if forced else ""
        return [self.value(item, Label.CARD if at in cards else forced, name=named) for at, item in enumerate(value)]

    def _cards(self, cells: Sequence[Any]) -> AbstractSet[int]:
        return card_places(cells) if Label.CARD in self._redactor.policy.hides else frozenset()

    def _pieces(
        self, items: Sequence[Mapping[Any, Any]], pieces: Pieces, ids: frozenset[str] = frozenset()
    ) -> list[dict[Any, Any]]:
        """Return the pieces of a conversation, judged together, and the words of each by what was found in its text."""
        besides = [beside if (beside := words_beside(item)) and beside[0] == pieces.text else None for item in items]
        told = [{pieces.text} & item.keys() if isinstance(item.get(pieces.text), str) else set[str]() for item in items]
        rest = [
            self._mapping(
                {key: item[key] for key in item if key not in said and not (beside and key == beside[1])}, None, ids
            )
            for item, beside, said in zip(items, besides, told, strict=True)
        ]
        if self._recorded is not None:
            for item, beside in zip(items, besides, strict=True):
                self._words(item[beside[1]] if beside else [], beside[2] if beside else "")
            return rest
        turns = [
            Turn(
                speaker=_speaker(item.get(pieces.speaker)),
                text=item[pieces.text] if said else "",
                words=doubted_words(item[pieces.text], item[beside[1]], beside[2]) if beside and said else (),
            )
            for item, beside, said in zip(items, besides, told, strict=True)
        ]
        redacted = self._redactor.redact_turns(turns, self._way)
        self.findings += redacted.findings
        shown = []
        for item, beside, said, others, was, now, spans in zip(
            items, besides, told, rest, turns, redacted.turns, redacted.spans, strict=True
        ):
            pairs = iter(others.items())
            out: dict[Any, Any] = {}
            for key in item:
                if key in said:
                    out[key] = now.text
                elif beside and key == beside[1]:
                    out[key] = self._words(item[key], beside[2], was.text, spans)
                else:
                    name, kept = next(pairs)
                    out[name] = kept
            shown.append(out)
        return shown

    def _words(self, items: Sequence[Any], key: str, text: str | None = None, spans: Sequence[Span] = ()) -> list[Any]:
        """Return a list of words, hidden by the spans of their text, or by what they say together."""
        spelt = [name for name in WORD_KEYS if items and all(isinstance(item.get(name), str) for item in items)]
        rest = [
            self._mapping({name: item[name] for name in item if name not in spelt}, None, frozenset()) for item in items
        ]
        if self._recorded is not None:
            return rest
        words = [item[key] for item in items]
        places = places_in(text, words) if text is not None else None
        if places is None:
            joined = " ".join(words)
            own = self._judged(joined, doubted_words(joined, items, key))
            if text is None:
                self.findings += (span.finding for span in own if not span.continues)
                spans, places = own, places_in(joined, words)
            spans = spans or own
        mask = self._way.keeps_length
        if places is not None:
            shown = shown_words(words, places, spans, mask=mask)
        else:  # they are not the words of their text: all are hidden when there is anything to hide in either
            shown = ["*" * len(word) if mask else "" for word in words] if spans else words
        return [
            {name: item[name] if word == now else now for name in spelt} | others
            for item, word, now, others in zip(items, words, shown, rest, strict=True)
        ]

    def _judged(self, text: str, words: tuple[Word, ...]) -> tuple[Span, ...]:
        """Return the spans to hide in a text, and in what a recognizer doubts of it where it says so."""
        if not words:
            return self._redactor.detect_text(text)
        return self._redactor.detect_turns([Turn(speaker="", text=text, words=words)])[0]

    def _leaf(self, value: Any, forced: Label | None, name: str) -> Any:
        if isinstance(value, bytes):
            return self._octets(value, forced, name)
        text = str(round(value, _NOISE) if isinstance(value, float) else value)
        if forced is not None:
            return self.hidden(forced, text, name) if text.strip() else value
        if not isinstance(value, str) and sum(character.isdigit() for character in text) < _FEWEST_DIGITS:
            return value
        shown = self.text(text)
        return value if shown == text else shown

    def _octets(self, value: bytes, forced: Label | None, name: str) -> bytes | None:
        """Return octets that are text redacted as such; others cannot be judged, and nothing stands in their place."""
        try:
            return str(self._leaf(value.decode("utf-8"), forced, name)).encode("utf-8")
        except UnicodeDecodeError:
            return None

    def _mapping(self, value: Mapping[Any, Any], forced: Label | None, ids: frozenset[str]) -> dict[Any, Any]:
        out: dict[Any, Any] = {}
        cards = self._cards(list(value.values()))
        for at, (key, item) in enumerate(value.items()):
            named = self._names[key] if isinstance(key, int) else key
            if named in ids:
                out[key] = item
                continue
            name = key if isinstance(key, int) else self._key(key)
            while name in out:  # two keys that look the same once they are hidden are still two
                name = f"{name}'"
            label = label_of_column(named) or day_under(str(named), item)
            wanted = label if label in self._redactor.policy.hides else None
            wanted = wanted or (Label.CARD if at in cards else None)
            out[name] = self.value(item, wanted or forced, name=str(named))
        return out

    def _conversation(self, value: Mapping[Any, Any], turns: Sequence[Turn], ids: frozenset[str]) -> dict[Any, Any]:
        out = self._mapping({key: item for key, item in value.items() if key != "turns"}, None, ids)
        speakers = [self.text(turn.speaker) for turn in turns]
        if self._recorded is not None:
            return out
        redacted = self._redactor.redact_turns(turns, self._way)
        self.findings += redacted.findings
        out["turns"] = [
            {"speaker": speaker, "text": turn.text}
            | ({"words": [msgspec.to_builtins(word) for word in turn.words]} if turn.words else {})
            for speaker, turn in zip(speakers, redacted.turns, strict=True)
        ]
        return out

    def text(self, text: str) -> str:
        """Return a string redacted."""
        if self._recorded is not None:
            self._recorded.append(text)
            return text
        redacted = next(self._answers, None) or self._redactor.redact_text(text, self._way)
        self.findings += redacted.findings
        return redacted.text

    def named(self, name: str, text: str) -> str:
        """Return a string redacted, whole where the name that it stands under tells its kind."""
        label = label_of_column(name) or day_under(name, text)
        hides = label in self._redactor.policy.hides and text.strip()
        return self.hidden(label, text, name) if label is not None and hides else self.text(text)

    def hidden(self, label: Label, value: str, name: str = "") -> str:
        """Return what stands in the place of a value whose key or column, `name`, tells its kind."""
        self.findings.append(Finding(label=label, detector="column", why="the name of its key or column", score=1.0))
        return self._redactor.instead_of(label, value, self._way, under=words_of_name(name))

    def _key(self, key: str) -> str:
        """Return a key redacted; most keys come again and again."""
        if key not in self._keys:
            if len(self._keys) >= _MOST_KEYS:
                self._keys.clear()
            redacted = self._redactor.redact_text(key, self._way)
            self.findings += redacted.findings
            self._keys[key] = redacted.text
        return self._keys[key]


def _speaker(value: Any) -> str:
    return str(value) if isinstance(value, str | int) else ""


class _WordIn(msgspec.Struct, frozen=True):
    text: str
    start_ms: int
    end_ms: int
    start: int
    end: int
    confidence: float | None = None


class _TurnIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    speaker: str
    text: str
    words: tuple[_WordIn, ...] = ()

    def turn(self) -> Turn:
        words = (Word(**{name: getattr(word, name) for name in Word.__struct_fields__}) for word in self.words)
        return Turn(speaker=self.speaker, text=self.text, words=tuple(words))


def _turns_of(value: Mapping[Any, Any]) -> list[Turn] | None:
    """Return the turns of a value that is a conversation, or None for any other."""
    if not isinstance(value.get("turns"), list):
        return None
    try:
        return [turn.turn() for turn in msgspec.convert(value["turns"], list[_TurnIn])]
    except msgspec.ValidationError:
        return None
