"""Mailboxes that are spelled once more: "the first part is k o f i dot ...", "that's m a y 674", "i'll spell it ...".

What is known of a conversation's mailboxes, in letters and digits alone, tells which of the letters that are read out
are theirs. Nothing is looked for where no mailbox was heard.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.small_words import AS_IN
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, read
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of

_JOINTS = "dot|underscore|dash|hyphen|period|point"
_SPELLS = rf"(?: +{AS_IN}(?: the word)? +[a-z]{{2,}})?"
_TOKEN = rf"(?:[a-z]{_SPELLS}|[0-9]{{1,6}}|{one_of(NUMBER_WORDS)}|{_JOINTS}|capital|uh|um)"
# Words are parted by blanks alone in `Words.flat`.
_RUN = re2.compile(rf"\b[a-z]{_SPELLS} +{_TOKEN}(?: +{_TOKEN})+\b".encode())
_AT = re2.compile(rb"(?:\s+at\s+|@)")
_WRITTEN = re2.compile(rb"\b([a-z0-9._%+-]{3,40})(?:@| at )[a-z0-9-]{2,40}\.[a-z]{2,6}\b")
_NO_PART = frozenset(
    {
        "all", "one", "word", "lower", "lowercase", "case", "together", "no", "spaces", "space", "dot", "underscore",
        "dash", "hyphen", "period", "point", "uh", "um", "then", "and", "capital",
    }
)  # fmt: skip
_EXPLAINS = frozenset({"as", "like", "for", "is"})
_LEAST = 3  # letters and digits that are spelled
_MOST_KNOWN = 12  # mailboxes of one conversation

_SPELLED = finding(Label.EMAIL, "email-spelled", "letters of a mailbox that was heard before", 0.45, "context")


def claims(transcript: Transcript, heard: Iterable[Claim]) -> Iterator[Claim]:
    """Return the letters and numbers that spell the first half of a mailbox, or the beginning of it."""
    known: defaultdict[int, set[str]] = defaultdict(set)
    text = transcript.folded
    for claim in heard:
        start, end = claim.parts[0]
        document = transcript.document_at(start)
        local = text[start:end] if len(claim.parts) > 1 else text[start : _at(transcript.octets, start, end)]
        if len(known[document]) < _MOST_KNOWN and len(bare := _bare(local)) >= _LEAST:
            known[document].add(bare)
    if "@" in text or "." in text:
        for match in _WRITTEN.finditer(transcript.octets):
            document = transcript.document_at(match.start())
            if len(known[document]) < _MOST_KNOWN:
                known[document].add(_alike("".join(filter(str.isalnum, match[1].decode()))))
    if not known:
        return
    flat = transcript.words.flat.encode("ascii")
    for match in _RUN.finditer(flat):
        boxes = known.get(transcript.document_at(match.start()))
        if boxes and (place := _place(match[0].decode(), boxes)):
            first, behind = place
            yield Claim(((match.start() + first, match.start() + behind),), _SPELLED)


def _at(octets: bytes, start: int, end: int) -> int:
    """Return where the first half of a mailbox ends that stands between two places."""
    found = _AT.search(octets, start, end)
    return int(found.start()) if found else end


def _bare(said: str) -> str:
    """Return the letters and digits of what is said of a mailbox: "kofi94" of "kofi nine four, all one word"."""
    return _alike("".join(piece for piece, _, _ in _pieces(said)))


def _alike(said: str) -> str:
    """Return it with what is said in the same way made one, the letter o and zero."""
    return said.replace("o", "0")


def _pieces(said: str) -> Iterator[tuple[str, int, int]]:
    """Yield letters, words and digits with the places that they were read from."""
    words: list[tuple[str, int, int]] = []
    at = 0
    for word in said.replace(",", " ").replace("-", " ").replace(".", " ").replace("_", " ").split(" "):
        if word:
            words.append((word, at, at + len(word)))
        at += len(word) + 1
    at = 0
    while at < len(words):
        word, start, end = words[at]
        explains = word in _EXPLAINS and at and len(words[at - 1][0]) == 1 and at + 1 < len(words)
        if explains:
            at += 2 + (word in {"as", "is"})
            continue
        at += 1
        if word in NUMBER_WORDS:
            run = [(other, 0, 0, "" if i else None) for i, (other, _, _) in enumerate(words[at - 1 : at + 3])]
            digits, used = read(run, 0)
            if used:
                at, end = at - 1 + used, words[at - 2 + used][2]
            yield digits, start, end
        elif word not in _NO_PART:
            yield word, start, end


def _place(said: str, boxes: set[str]) -> tuple[int, int] | None:
    """Return where a part of what is read out spells one of the mailboxes, or None."""
    pieces = list(_pieces(said))
    for first in range(min(3, len(pieces))):
        bare, best = "", 0
        for at in range(first, len(pieces)):
            bare += _alike(pieces[at][0])
            if not any(box.startswith(bare) for box in boxes):
                break
            best = at + 1 if len(bare) >= _LEAST and at - first > 1 else best
        if best:
            return pieces[first][1], pieces[best - 1][2]
    return None
