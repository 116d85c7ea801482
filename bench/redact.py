"""Measures redaction: speed on one core against Python's own `re`, and what is hidden of made-up conversations.

Run: `python bench/redact.py [CONVERSATIONS]`. The baseline searches the same texts with a dozen patterns of the usual
kind, compiled by `re`, and does nothing else: no spoken digits, no turns, no names, no reasons.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence

from conversations import Conversation, Generator

from privity.redact import Redactor, Turn

_BASELINE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:\d[ -]*?){13,19}\b",
        r"\b\d{3}-\d{2}-\d{4}\b",
        r"\b(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b",
        r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b",
        r"\bhttps?://\S+",
        r"\b\d{1,3}(?:\.\d{1,3}){3}\b",
        r"\b\d{1,2}/\d{1,2}/\d{2,4}\b",
        r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?\b",
        r"\b\d+ (?:[a-z]+ ){1,3}(?:street|avenue|road|lane|drive|court|boulevard)\b",
        r"\b(?:mrn|record number)\W{0,3}\d{4,}",
        r"\bmy name is (\w+ \w+)",
        r"\b(?:cvv|security code)\W{0,3}\d{3,4}",
    )
]


def rates(redactor: Redactor, conversations: Sequence[Conversation]) -> dict[str, float]:
    """Return the share of letters and digits hidden by label, and innocent ones masked for each thousand."""
    hit: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    innocent = masked = 0
    for conversation in conversations:
        turns = [Turn(speaker=speaker, text=text) for speaker, text in conversation.turns]
        found = redactor.detect_turns(turns)
        for number, turn in enumerate(turns):
            hidden = {place for span in found[number] for place in range(span.start, span.end)}
            labels = {
                place: label
                for where, start, end, label in conversation.values
                if where == number
                for place in range(start, end)
            }
            for place, character in enumerate(turn.text):
                if not character.isalnum():
                    continue
                if place in labels:
                    all_[labels[place]] += 1
                    hit[labels[place]] += place in hidden
                else:
                    innocent += 1
                    masked += place in hidden
    shares = {label: hit[label] / count for label, count in sorted(all_.items())}
    return shares | {"all": sum(hit.values()) / sum(all_.values()), "FP/1k": 1000 * masked / innocent}


def speed(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return megabytes a second of processor time, the best of three passes."""
    size = sum(map(len, texts)) / 1e6
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - start)
    return size / best


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    start = time.perf_counter()
    redactor = Redactor()
    print(f"build            {time.perf_counter() - start:.2f} s")
    for kind, written in (("spoken", False), ("written", True)):
        generator = Generator(11, written=written)
        conversations = [generator.conversation() for _ in range(count)]
        texts = ["\n".join(f"{who}: {said}" for who, said in c.turns) for c in conversations]
        shares = rates(redactor, conversations)
        print(f"{kind:<8} hidden  " + "  ".join(f"{label} {share:.3f}" for label, share in shares.items()))
        ours = speed(redactor.detect_text, texts)
        baseline = speed(lambda text: [list(pattern.finditer(text)) for pattern in _BASELINE], texts)
        ratio = f"ratio {ours / baseline:.2f}"
        print(f"{kind:<8} speed   {ours:.2f} MB/s, re with {len(_BASELINE)} patterns {baseline:.2f} MB/s, {ratio}")


if __name__ == "__main__":
    main()
