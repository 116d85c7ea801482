"""Names that a recognizer heard almost as they were said elsewhere: "you blinda" for "linda", "ben jamin".

A word that no list and no dictionary has is a name that was learned in the conversation when it differs from it by one
letter or holds it, and two words that stand together are one that was parted. Short names have too many likes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from privity.redact.names.parts import NameParts, is_medicine, is_thing
from privity.redact.reading.lexicon import LISTED, Asked, Bit
from privity.redact.reading.transcript import Transcript

_SHORTEST = 5  # letters of a name that is known again in another word
_SHORTEST_PARTED = 6
_LONGEST = 40  # longer ones are no words, and all their beginnings would be made
_LONGER = 3  # letters that a word may have beside the name that it holds
_STRANGE = Asked(
    lambda bits: (
        bits & Bit.UNKNOWN != 0
        and not bits & (Bit.WORD | Bit.THING | Bit.NO_NAME | Bit.PLACE | Bit.DERIVED | Bit.FUNCTION)
    )
)

Word = tuple[int, str]


def misheard(
    parts: NameParts, transcript: Transcript, seen: bytearray, known: AbstractSet[Word]
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of what was heard instead of a name; `known` are the names by document."""
    names: defaultdict[int, set[str]] = defaultdict(set)
    for document, name in known:
        if _SHORTEST <= len(name) <= _LONGEST:
            names[document].add(name)
    if not names:
        return
    yield from _in_one_word(parts, seen, names)
    longer = {name for listed in names.values() for name in listed if len(name) >= _SHORTEST_PARTED}
    openings = {name[:at] for name in longer for at in range(1, len(name))}
    for first in parts.where_said(openings) if longer else ():
        if first + 1 == parts.count:
            break
        parted = parts.said[first] + parts.said[first + 1]
        if parted not in longer:
            continue
        new = parts.adjoins(first + 1) and not (seen[first] and seen[first + 1])
        if new and parted in names.get(transcript.document_at(parts.starts[first]), ()):
            yield first, first + 1


def _in_one_word(parts: NameParts, seen: bytearray, names: Mapping[int, AbstractSet[str]]) -> Iterator[tuple[int, int]]:
    told: dict[Word, bool] = {}
    for at in parts.where(_STRANGE):
        word = parts.said[at]
        if seen[at] or len(word) < _SHORTEST - 1 or is_medicine(word):
            continue
        key = (parts.document(at), word)
        if key not in told:
            like = any(_is_like(word, name) for name in names.get(key[0], ()))
            told[key] = like and (parts.bits[at] & LISTED != 0 or not is_thing(word))
        if told[key]:
            yield at, at


def _is_like(word: str, name: str) -> bool:
    """Whether one letter is another, too many or too few, or the word holds the name."""
    if name in word:
        return len(word) - len(name) <= _LONGER
    if abs(len(word) - len(name)) > 1:
        return False
    ahead = next((at for at, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), None)
    if ahead is None:
        return True  # one letter more or less at the end
    if len(word) == len(name):
        return word[ahead + 1 :] == name[ahead + 1 :]
    longer, shorter = (word, name) if len(word) > len(name) else (name, word)
    return longer[ahead + 1 :] == shorter[ahead:]
