"""Passwords that somebody chooses, changes or tries where one is spoken of, and the words of a wallet.

"i'll make it walrus forty one star", "i've been using tulip field six", "try Walrus Tulip six two". Nothing announces
these but that a password is the topic, so they have to look like one: words with digits or signs behind them. A seed
phrase is twelve words or more that make no sentence.
"""

import re
from collections.abc import Iterator
from typing import Final

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Needed, Triggered

_CHOSEN: Final = Triggered(
    rb"(?:\b(?:(?:i'll|i\s+will|i'm\s+going\s+to|i'm\s+gonna|gonna|let\s+me|let's|we'll|i\s+can|can\s+i|could\s+i|should\s+i|and)\s+"
    rb"(?:just\s+)?(?:make\s+it|use|go\s+with|try|change\s+it\s+to|set\s+it\s+to)|"
    rb"(?:i|we|just|i've|we've)\s+(?:just\s+)?(?:changed|reset|set|made)\s+it(?:\s+to)?|resetting\s+(?:uh\s+|um\s+)?it(?:\s+to)?|"
    rb"(?:i've\s+been|i'm|i\s+was|i\s+am|i\s+keep)\s+(?:using|typing|entering|trying|putting)(?:\s+in)?|"
    rb"i\s+(?:just\s+)?(?:typed|tried|entered)(?:\s+in)?|"
    rb"(?:temporary|temp|new|old|last|previous)\s+one(?:\s+is|\s+was|\s+will\s+be|'s))|[.\x1e]\s*try)\b",
    needs=(
        (
            "make use go try change set changed reset made resetting using typing entering trying putting typed tried "
            "entered one"
        ),
    ),
)
# A password has words and digits: "the wifi is down" has none.
_NETWORK: Final = Triggered(rb"\bwi[\s-]?fi(?:'s|\s+is)\b", needs=("wi wifi",))
_TOPIC = re.compile(
    r"\b(?:pass\s?words?|pass\s?code|pass\s?phrase|user\s?name|user\s?i\s?d|log\s?in|(?:logg|lock)ed\s+out|reset\s+(?:it|your|the))\b",
    re.ASCII,
)
_TOPICS = Needed("password passwords passcode passphrase pass user username userid log login logged locked reset")
_REACH = 700  # characters in which a password is spoken of
_SEED = Triggered(
    rb"\b(?:seed|recovery|backup|mnemonic|secret\s+recovery)\s+(?:phrase|words)\b",
    needs=("seed recovery backup mnemonic", "phrase words"),
)
_SEED_REACH = 400
_JOINTS = frozenset({"uh", "um", "er", "then", "and"})
_FEWEST = 4  # words that make no sentence
_MOST = 30
_CLOSED = Bit.FUNCTION | Bit.CALENDAR
_SEED_FOUND = finding(
    Label.PASSWORD, "seed-phrase", "words that make no sentence behind a seed phrase", 0.85, "context"
)
NEEDS = Group(_NETWORK, _TOPICS, _SEED)
"""Without these words in a text nothing is found in it."""


def announced(transcript: Transcript) -> Iterator[int]:
    """Yield where what somebody says before a password ends: of a network, or of what was spoken of shortly before."""
    for match in _NETWORK.finditer(transcript.octets):
        yield match.end()
    for match in _CHOSEN.finditer(transcript.octets) if _TOPICS.can_occur(transcript.octets) else ():
        start = transcript.documents[transcript.document_at(match.start())]
        if _TOPIC.search(transcript.folded, max(start, match.start() - _REACH), match.start()):
            yield match.end()


def seeds(transcript: Transcript) -> Iterator[Claim]:
    """Return the words behind a seed phrase that follow each other without a word of grammar."""
    words = transcript.words
    for match in _SEED.finditer(transcript.octets):
        limit = min(match.end() + _SEED_REACH, transcript.document_end(transcript.document_at(match.start())))
        first = words.at_or_behind(match.end())
        while first < len(words.said) and words.starts[first] < limit:
            last = _last(transcript, first)
            if last - first + 1 >= _FEWEST:
                yield Claim(((words.starts[first], words.ends[last]),), _SEED_FOUND)
                break
            first = max(last, first) + 1


def _last(transcript: Transcript, first: int) -> int:
    """Return the last word of what follows each other without a word of grammar, `first - 1` where nothing does."""
    words = transcript.words
    last = first - 1
    for at in range(first, min(first + _MOST, len(words.said))):
        gap = transcript.folded[words.ends[at - 1] : words.starts[at]] if at > first else ""
        if gap.strip(" ,\n"):
            break
        if words.said[at] in _JOINTS and last >= first:
            continue
        if words.bits[at] & _CLOSED:
            break
        last = at
    return last
