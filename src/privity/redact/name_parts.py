"""What one word tells about being part of a name: its capital, its neighbours, the lists that it stands in."""

import re

from privity.redact.lists import Lists
from privity.redact.numerals import NUMBER_WORDS
from privity.redact.transcript import Transcript
from privity.redact.vocabulary import vocabulary

_GLUE = re.compile(r"[\s'-]\s?|\.\s?", re.ASCII)
_SENTENCE_END = re.compile(r"(?:^|[.!?:\n\x1e\"(\]-])\s*$", re.ASCII)
_VOCABULARY = vocabulary()


class NameParts:
    """The words of a transcript as possible parts of names; all methods take the index of a word."""

    def __init__(self, transcript: Transcript, lists: Lists) -> None:
        self._transcript = transcript
        self._lists = lists
        self.words, self.starts, self.ends = transcript.words

    def capital(self, at: int) -> bool:
        """Whether the word is capitalised, and no acronym, in a text where that tells anything."""
        if not self._transcript.has_case:
            return False
        letters = self._transcript.cased[self.starts[at] : self.starts[at] + 2]
        return letters[0].isupper() and not letters[1:].isupper()

    def opens_sentence(self, at: int) -> bool:
        """Whether a capital is owed to the start of a sentence."""
        start = self.starts[at]
        return _SENTENCE_END.search(self._transcript.cased, max(0, start - 4), start) is not None

    def listed(self, at: int) -> bool:
        """Whether the word is a given name or a surname of the lists."""
        return self.words[at] in self._lists.given_names or self.words[at] in self._lists.surnames

    def ordinary(self, at: int) -> bool:
        """Whether the word is an English one, which a list alone does not make a name."""
        word = self.words[at]
        return word in self._lists.words or word in _VOCABULARY.not_names or len(word) < 2

    def unknown(self, at: int) -> bool:
        """Whether the word is in no dictionary and no list of places: a name from elsewhere, most likely."""
        word = self.words[at]
        if len(word) < 3 or word in self._lists.words or word in NUMBER_WORDS:
            return False
        acronym = self._transcript.cased[self.starts[at] : self.ends[at]].isupper()
        return word not in self._lists.cities and word not in self._lists.regions and not acronym

    def adjoins(self, at: int) -> bool:
        """Whether the word directly follows the one before it, as the parts of a name do."""
        if not 0 < at < len(self.words):
            return False
        between = self._transcript.folded[self.ends[at - 1] : self.starts[at]]
        if "." in between and self.ends[at - 1] - self.starts[at - 1] > 1:
            return False  # a stop ends a sentence, unless it follows an initial
        return len(between) <= 2 and _GLUE.fullmatch(between) is not None

    def no_person(self, last: int) -> bool:
        """Whether what follows says that the name is no person's: "Parkinson's disease", "Houston airport"."""
        return self.adjoins(last + 1) and self.words[last + 1] in _VOCABULARY.not_persons

    def introduced(self, at: int) -> bool:
        """Whether what follows lets an unlisted word be a name: a listed name, "calling", the end of the turn."""
        if at + 1 >= len(self.words) or self.capital(at):
            return True
        turn = self._transcript.turn_at(self.starts[at])
        if self.starts[at + 1] > self._transcript.stretches[turn].end:
            return True
        listed = self.listed(at + 1) and not self.ordinary(at + 1)
        return listed or self.words[at + 1] in _VOCABULARY.after_introduction

    def last_part(self, first: int, *, sure: bool) -> int:
        """Return the last word of the name that begins at `first`: middle names, particles, surnames.

        When a cue makes `sure` of a name, the second word need not be a listed one.
        """
        last = first
        for at in range(first + 1, min(first + 4, len(self.words))):
            word = self.words[at]
            if not self.adjoins(at) or word in self._lists.function_words or word in _VOCABULARY.not_persons:
                break
            particle = word in _VOCABULARY.name_particles
            if self.capital(first):
                goes_on = self.capital(at) or particle
            elif at == first + 1 and word in _VOCABULARY.worldly_surnames:
                goes_on = True
            else:
                goes_on = not self.ordinary(at) and (self.listed(at) or particle or (sure and at == first + 1))
            if not goes_on:
                break
            last = at
        while last > first and self.words[last] in _VOCABULARY.name_particles:
            last -= 1
        return last

    def surname_before(self, at: int) -> int:
        """Return the first word of a name that is written surname first, "Mayer Johanna M", or `at` itself."""
        before = at - 1
        if before < 0 or not (self.adjoins(at) and self.capital(at) and self.capital(before)):
            return at
        word = self.words[before]
        sentence = self.opens_sentence(before) and self.ordinary(before)
        known = word in self._lists.surnames and word not in self._lists.function_words
        return before if known and not sentence else at
