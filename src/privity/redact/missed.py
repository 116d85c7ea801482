"""What a person marked because the detectors had missed it: found again wherever it stands, known by its shape only.

`occurrences` finds the same words by the folding that detectors use. `shape_of` and `cues_beside` are what may be kept
of a case when its value is gone: they are made of a few signs and of names of this package's own, whatever comes in.
"""

import re
from typing import Final

from privity.errors import BadInput
from privity.redact.reading.cues import Cues
from privity.redact.reading.folding import TURN_BREAK, fold
from privity.redact.reading.lexicon import ORDINARY, Bit, lexicon
from privity.redact.reading.transcript import LABEL, transcript_of_turns
from privity.redact.reading.vocabulary import vocabulary
from privity.redact.turns import Turn

LONGEST: Final = 400
"""Code points that can be marked at once."""

_LONGEST_SHAPE: Final = 200
_PARTS: Final = re.compile(r"[a-z]+|[0-9]|[-./@, '()+:#&_]|.", re.ASCII | re.IGNORECASE | re.DOTALL)
_WORDS: Final = re.compile(r"[A-Za-z']+|[0-9]+", re.ASCII)
_NEAR: Final = 70  # code points within which a cue belongs to a value
_MOST_CUES: Final = 3
_AROUND: Final = " \t\r\n.,;:!?\"'"
_FEW: Final = 3
_ENOUGH_DIGITS: Final = 4


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span, in code points, widened to the whole words that it touches.

    Raises BadInput when it lies outside the text, holds no letter or digit, is too long, or touches what is hidden.
    """
    if not 0 <= start < end <= len(text):
        raise BadInput("the span lies outside the turn", advice="Count code points of the text as it is shown.")
    folded = fold(text)
    while start > 0 and folded[start].isalnum() and folded[start - 1].isalnum():
        start -= 1
    while end < len(folded) and folded[end - 1].isalnum() and folded[end].isalnum():
        end += 1
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    if not any(map(str.isalnum, folded[start:end])):
        raise BadInput("the span holds no letter and no digit", advice="Mark the words that were missed.")
    if end - start > LONGEST:
        raise BadInput(f"the span is longer than {LONGEST} characters", advice="Mark one identifier at a time.")
    if any(label.start() < end and start < label.end() for label in LABEL.finditer(folded)):
        raise BadInput("the span touches what is hidden already", advice="Mark only what can still be read.")
    return start, end


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the words stand in a text, as whole words, in any case and spacing; labels are never touched.

    Signs that a sentence puts around them ("zorblax,") are marked with them now and then, and stand nowhere else.
    """
    said = fold(words).lower()
    phrases = [r"\s+".join(map(re.escape, parts)) for parts in (said.split(), said.strip(_AROUND).split()) if parts]
    if not phrases:
        return []
    readable = LABEL.sub(lambda label: TURN_BREAK * len(label[0]), fold(text)).lower()
    pattern = rf"(?<![a-z0-9])(?:{'|'.join(phrases)})(?![a-z0-9])"
    return [found.span() for found in re.finditer(pattern, readable, re.ASCII)]


def tells_apart(words: str) -> bool:
    """Return whether words are worth looking for in other conversations; "will" and "the pain" hide innocent ones."""
    found = _WORDS.findall(fold(words))
    known = lexicon()
    innocent = ORDINARY | Bit.FUNCTION | Bit.NUMBER
    said = [word for word in found if not known[word.lower()] & (Bit.FUNCTION | Bit.NUMBER)]
    return (
        len(found) >= _FEW
        or len(said) > 1  # "summer rain" is a name where somebody says so
        or sum(len(word) for word in found if word.isdigit()) >= _ENOUGH_DIGITS
        or any(len(word) >= _FEW and word.isalpha() and not known[word.lower()] & innocent for word in found)
    )


def shape_of(words: str) -> str:
    """Return the shape of a value: `a` and `A` for letters, `9` for digits, `N` for a number or spelling word."""
    known = vocabulary()
    numbers = known.number_words | known.spelling_words
    shape = []
    for part in _PARTS.findall(fold(words)):
        if part.isalpha():
            spoken = len(part) > 1 and part.lower() in numbers
            shape.append("N" if spoken else re.sub("[a-z]", "a", re.sub("[A-Z]", "A", part)))
        elif part.isdigit():
            shape.append("9")
        else:
            shape.append(part if part in "-./@,'()+:#&_ " else " " if part.isspace() else "?")
    return "".join(shape)[:_LONGEST_SHAPE]


def cues_beside(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the kinds of at most three cues near a span, the nearest first.

    A kind is the label that a known phrase announces, HARMLESS, or TITLE and NAME_CUE for a known word before a name.
    """
    transcript = transcript_of_turns([Turn(speaker="", text=text)])
    found = [(_apart(cue.start, cue.end, start, end), str(cue.label or "HARMLESS")) for cue in Cues(transcript)]
    known = vocabulary()
    for word in _WORDS.finditer(transcript.folded, 0, start):
        for kind, words in (("TITLE", known.name_titles), ("NAME_CUE", known.name_cues | known.likely_name_cues)):
            if word[0] in words:
                found.append((_apart(*word.span(), start, end), kind))
    near = sorted(each for each in found if 0 <= each[0] <= _NEAR)
    return tuple(dict.fromkeys(kind for _, kind in near))[:_MOST_CUES]


def _apart(cue_start: int, cue_end: int, start: int, end: int) -> int:
    """How far a cue is from a span; negative when it lies in it."""
    return max(start - cue_end, cue_start - end)
