"""Phrases as they stand in a table, compiled to RE2: words, choices, lists and gaps.

    we ~2 [put|place] {families} ~3 [first|ground] floor?

A word stands for itself, `[a|b c]` for one of its choices, `{name}` for a list of words or a fragment of that name,
`~3` for up to three words of any kind, and `?` behind any of them says that it may be wanting. Words of a list are
found with and without an `s` at their end. A gap crosses no end of a sentence.

Words of lists are looked up once for all phrases: in the line that is searched they carry a letter for each list that
they are in, `AC:women`. So a list of a hundred words is one sign in a pattern, and patterns stay small.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import re2

Piece = tuple[str, int, int]
"""A word and its place."""

_TOKEN: Final = re.compile(r"~\d+|\{[a-z_]+\}|[a-z0-9']+|[\[\]|?]")
_ANY: Final = "[A-Za-z0-9':_]+ "
_FIRST_LETTER: Final = ord("A")
_MEMORY: Final = 32 << 20


class Phrases:
    """Compiles phrases with the lists and fragments of one table, and marks the words of a text that lists hold.

    Whatever a list matched is told by its name: `lists_in` says which took part in a match.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]], fragments: Mapping[str, str]) -> None:
        self._letters = {name: chr(_FIRST_LETTER + number) for number, name in enumerate(lists)}
        self._fragments = fragments
        self._groups = 0
        held: dict[str, set[str]] = {}
        for name, words in lists.items():
            for word in words:
                for form in (word, f"{word}s"):
                    held.setdefault(form, set()).add(self._letters[name])
        self._marks = {word: "".join(sorted(letters)) for word, letters in held.items()}
        self._sizes: dict[str, set[int]] = {}
        for word in self._marks:
            self._sizes.setdefault(word.partition(" ")[0], set()).add(word.count(" ") + 1)

    def marked(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """Yield the pieces with those that are in a list marked; an entry of several words becomes one piece."""
        at = 0
        while at < len(pieces):
            for size in sorted(self._sizes.get(pieces[at][0], ()), reverse=True):
                words = " ".join(word for word, _, _ in pieces[at : at + size])
                if at + size <= len(pieces) and words in self._marks:
                    marked = f"{self._marks[words]}:{words.replace(' ', '_')}"
                    yield marked, pieces[at][1], pieces[at + size - 1][2]
                    at += size
                    break
            else:
                yield pieces[at]
                at += 1

    def compiled(self, phrases: Iterable[str]) -> Any:
        """Return the RE2 pattern of any of these phrases, for lines of marked words that each end with a blank.

        Raises ValueError for a phrase that is not well formed.
        """
        options = re2.Options()
        options.max_mem = _MEMORY
        return re2.compile(f"(?:^| )(?:{'|'.join(map(self._phrase, phrases))})", options)

    @staticmethod
    def lists_in(match: Any) -> list[str]:
        """Return the names of the lists that took part in a match, in order, each once."""
        found = sorted((match.start(at), name) for name, at in match.re.groupindex.items() if match.start(at) >= 0)
        return list(dict.fromkeys(name.rstrip("0123456789").rstrip("_") for _, name in found))

    def _phrase(self, phrase: str) -> str:
        if re.sub(r"\s+", "", phrase) != "".join(_TOKEN.findall(phrase)):
            raise ValueError(f"there are signs that mean nothing in: {phrase}")
        pattern, closing = self._choices(iter([*_TOKEN.findall(phrase), ""]))
        if closing:
            raise ValueError(f"the brackets do not match in: {phrase}")
        return pattern

    def _choices(self, tokens: Iterator[str]) -> tuple[str, str]:
        """Return the pattern of choices up to a closing bracket or the end, and which of the two it was."""
        choices: list[list[str]] = [[]]
        for sign in tokens:
            match sign:
                case "]" | "":
                    return "|".join("".join(items) for items in choices), sign
                case "|":
                    choices.append([])
                case "?":
                    choices[-1][-1] = f"(?:{choices[-1][-1]})?"
                case "[":
                    inner, closing = self._choices(tokens)
                    if closing != "]":
                        raise ValueError("a bracket is not closed")
                    choices[-1].append(f"(?:{inner})")
                case _:
                    choices[-1].append(self._item(sign))
        raise ValueError("a phrase does not end")

    def _item(self, token: str) -> str:
        if token.startswith("~"):
            return f"(?:{_ANY}){{0,{token[1:]}}}"
        if not token.startswith("{"):
            return f"(?:[A-Z]+:)?{token} "
        name = token[1:-1]
        if name in self._fragments:
            return f"(?:{self._phrase(self._fragments[name])})"
        self._groups += 1
        return f"(?P<{name}_{self._groups}>[A-Z]*{self._letters[name]}[A-Z]*:[^ ]+ )"
