"""What speaks against a name: "the sienna", "karo syrup", "take dramamine", "f as in frank".

Lists and capitals find what may be a name. What stands around it often says that it is a thing: an article before it,
something that is bought, taken or driven, goods or a dose behind it, a letter that it explains. Makes, medicines and
firms (`lists/things.txt`) are things unless somebody is introduced by that name. What is a thing once in a conversation
is one again.
"""

import re

from privity.redact.names.nobodys.uses import is_openly, is_used
from privity.redact.names.parts import NameParts, is_family
from privity.redact.reading.lexicon import LISTED, Bit, lexicon
from privity.redact.reading.small_words import OWNERS
from privity.redact.reading.spelling import explains_letter
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import phrase_words, things

_ONE = frozenset({"a", "an", "another", "every", "each", "any", "some", "per", "those", "these", "which"})
_OF_PEOPLE = frozenset(
    {
        "account", "accounts", "appointment", "boy", "boys", "brothers", "case", "couple", "deal", "divorce", "estate",
        "i", "we", "you", "family", "file", "from", "funeral", "girl", "girls", "home", "house", "household", "in",
        "kid", "kids", "matter", "party", "place", "policy", "property", "reservation", "residence", "service",
        "sisters", "that", "trust", "twins", "wedding", "who", "will", "claim", "order", "table", "listing", "closing",
    }
)  # fmt: skip
_GOODS = frozenset(
    {
        "album", "app", "battery", "beer", "bike", "boat", "boots", "bottle", "brand", "burger", "cake", "camera",
        "capsules", "car", "cereal", "charger", "cheese", "chips", "coffee", "concert", "convertible", "coupe",
        "cream", "dealership", "detergent", "diapers", "dishwasher", "drops", "dryer", "edition", "engine", "faucet",
        "flour", "foundation", "fridge", "furnace", "gel", "glass", "guitar", "guy", "hatchback", "heater", "inhaler",
        "injection", "injections", "insulin", "jacket", "jeans", "jersey", "juice", "keyboard", "lamp", "laptop",
        "lotion", "maneuver", "method", "minivan", "monitor", "motorcycle", "movie", "mower", "ointment", "oven",
        "pacemaker", "paint", "patch", "patches", "piano", "pie", "pills", "pizza", "powder", "printer", "procedure",
        "puppy", "purse", "refrigerator", "router", "salad", "sandwich", "sauce", "scan", "scooter", "sedan", "series",
        "shampoo", "shoes", "sneakers", "soap", "soda", "soup", "sticker", "stock", "stockings", "stove", "supplement",
        "suv", "syrup", "tablet", "tablets", "tea", "thermostat", "tires", "tractor", "trailer", "trucks", "truck",
        "tyres", "vaccine", "vaccines", "vacuum", "van", "vehicle", "vitamin", "vitamins", "vodka", "washer", "whiskey",
        "wine", "wipes", "list", "kind", "boxes", "brace", "boot", "cable", "plan", "filter", "pump",
    }
)  # fmt: skip
_USED = frozenset(
    {
        "ate", "bought", "buy", "buying", "download", "downloaded", "drank", "drink", "drinking", "drive", "drives",
        "driving", "drove", "eat", "eating", "install", "installed", "ordered", "ordering", "prescribe", "prescribed",
        "refill", "sell", "sells", "smoke", "spray", "swallowed", "take", "takes", "taking", "tried", "try", "use",
        "used", "uses", "using", "wear", "wearing", "some", "during", "more", "generic",
    }
)  # fmt: skip
_GIVES = frozenset({"gave", "give", "gives", "giving", "prescribed", "recommended", "sold", "bought", "got"})
_TO_SOMEBODY = frozenset({"us", "me", "him", "her", "them", "you"})
_VERBS = frozenset(
    {
        "bill", "bob", "chase", "chuck", "dean", "drew", "frank", "gene", "grant", "jack", "jimmy", "josh", "mark",
        "nick", "pat", "peg", "rob", "sandy", "skip", "sue", "wade", "ward", "hank", "heather", "pierce", "trace",
    }
)  # fmt: skip
_DOERS = frozenset(
    {
        "and", "can", "can't", "could", "didn't", "don't", "gonna", "he'll", "i", "i'd", "i'll", "just", "must", "not",
        "please", "she'll", "should", "they", "they'll", "to", "we", "we'd", "we'll", "will", "won't", "would", "you",
        "you'd", "you'll",
    }
)  # fmt: skip
_DONE_TO = frozenset(
    {
        "'em", "around", "down", "em", "for", "her", "him", "it", "my", "off", "our", "out", "that", "the", "them",
        "these", "this", "those", "through", "up", "us", "your",
    }
)  # fmt: skip
_LOOKED_UP = frozenset(
    {
        "see", "know", "have", "got", "under", "find", "show", "showing", "for", "with", "there's", "there", "probably",
        "or",
    }
)  # fmt: skip
_COLOURS = frozenset(
    {"beige", "black", "blue", "brown", "gold", "gray", "green", "grey", "maroon", "red", "silver", "tan", "white"}
)
"""How cars are painted; most of these are surnames too."""
_WITHIN = frozenset({" ", "-", "'s ", "' "})
_CAMEL = re.compile(r"([A-Z][a-z]{2,})[A-Z]", re.ASCII)
_FEW_DIGITS = 2
_LONGEST = 4  # words of the name of a thing
_BEFORE = frozenset({"the", "a", "an", "take", "taking", "took", "use", "using", "some"})


class Doubts:
    """Tells of possible names in one transcript whether they are things; all places are indices of words."""

    def __init__(self, transcript: Transcript) -> None:
        self._parts, self._transcript = transcript.once(NameParts), transcript
        self._things: dict[str, set[int]] = {}  # words, and the documents in which each is a thing
        self._doubted: dict[tuple[int, int], bool] = {}  # several rules find the same words

    def about(self, first: int, last: int) -> bool:
        """Whether what stands there is a thing, although lists, capitals or a weak cue make a name of it."""
        if (first, last) not in self._doubted:
            self._doubted[first, last] = self._is_doubted(first, last)
        return self._doubted[first, last]

    def _is_doubted(self, first: int, last: int) -> bool:
        parts = self._parts
        if (
            self.is_thing(first, last)
            or self._is_region(first, last)
            or is_used(parts, self._transcript, first, last)
            or explains_letter(self._transcript.words, first)
        ):
            return True
        before, after = parts.before(first), parts.after(last)
        if before == "the" and self._is_family(first):
            return False
        if first < last:
            said = before == "the" and parts.bits[first] & Bit.PLAIN
            return (said and after not in _OF_PEOPLE) or self._ends_in_goods(last)
        if self._is_firm(first) or (self._is_one_of_many(first, before) and after not in _OF_PEOPLE):
            return True
        called = before == "on" and parts.before(first - 1) == "come"  # "come on tavion shoes off"
        if (after in _GOODS and not called) or self._is_done(first, before, after):
            return True
        household = before == "the" and after in _OF_PEOPLE and parts.bits[first] & Bit.FOREIGN_SURNAME
        unlisted = not parts.bits[first] & LISTED and not household
        given = before in _TO_SOMEBODY and parts.before(first - 1) in _GIVES
        used = before in _USED or (before == "and" and parts.before(first - 2) in _USED)  # "they use Jira and Figma"
        return unlisted and (given or used or self._is_measured(last) or self._is_thing_elsewhere(first))

    def _is_region(self, first: int, last: int) -> bool:
        """Whether a state of two words is all of it, or goes on beside it: "North Carolina"."""
        parts = self._parts
        pairs = [(first, last)] if first < last else [(first - 1, first), (first, first + 1)]
        return any(
            other == one + 1
            and parts.adjoins(other)
            and lexicon().of(f"{parts.said[one]} {parts.said[other]}") & Bit.REGION != 0
            for one, other in pairs
        )

    def is_used(self, first: int, last: int) -> bool:
        """Whether goods stand behind words, or they say nothing of a place: "in Polytrim drops"."""
        if is_used(self._parts, self._transcript, first, last):
            return True
        return self._parts.after(last) in _GOODS

    def _ends_in_goods(self, last: int) -> bool:
        """Whether two English words end a name, the last one goods: "Arc Floor Lamp"."""
        bits, words = self._parts.bits, Bit.WORD | Bit.FREQUENT_SURNAME
        return self._parts.said[last] in _GOODS and all(bits[at] & words == Bit.WORD for at in (last - 1, last))

    def _is_one_of_many(self, at: int, before: str) -> bool:
        """Whether what stands before a word makes one of many things of it: "a sienna", "the stella", "my hotmail"."""
        parts = self._parts
        bits = parts.bits[at]
        if before in _ONE and not parts.bits[at - 1] & Bit.CAPITAL:  # "Per Kristiansen"
            looked_up = parts.before(at - 1) in _LOOKED_UP and bits & LISTED  # "i see a rosario", "is there a tad"
            return not looked_up and not bits & Bit.TITLE
        if before == "the":
            surname = bits & (Bit.SURNAME | Bit.FOREIGN_SURNAME) and not bits & Bit.FREQUENT_GIVEN
            return bits & Bit.PLAIN != 0 or not surname
        return before in OWNERS and not bits & Bit.GIVEN

    def _is_firm(self, at: int) -> bool:
        """Whether an English word opens one that is written with a capital within: "LabCorp", but "MaryAnn"."""
        opening = _CAMEL.match(self._parts.texts[at])
        if opening is None:
            return False
        known = lexicon().of(opening[1].lower())
        return known & Bit.WORD != 0 and not known & (Bit.GIVEN | Bit.PARTICLE)

    def _is_done(self, at: int, before: str, after: str) -> bool:
        """Whether a name that is also a verb is one: "i'd frank that letter", "can you mark it down"."""
        return self._parts.said[at] in _VERBS and before in _DOERS and after in _DONE_TO

    def _is_family(self, at: int) -> bool:
        """Whether a word is a surname of several: "the gundersons"."""
        return is_family(self._parts.said[at])

    def is_thing(self, first: int, last: int) -> bool:
        """Whether it is a thing of the list, or begins within the name of one."""
        parts = self._parts
        listed = list(map(self._is_listed, range(first, last + 1)))
        if listed[0] and all(known or parts.bits[first + place] & Bit.CAPITALS for place, known in enumerate(listed)):
            return True  # also "coricidin HBP"
        if listed[0] and not parts.bits[first] & LISTED and all(map(self._is_colour, range(first + 1, last + 1))):
            return True  # "altima silver"
        if parts.said[first] not in phrase_words() and parts.said[first].removesuffix("s") not in phrase_words():
            return False
        for start in range(max(0, first - 2), first + 1):
            for end in range(max(first + 1, start + 2), min(start + _LONGEST, parts.count) + 1):
                phrase = " ".join(parts.said[start:end])
                known = phrase in things() or (phrase.endswith("s") and phrase[:-1] in things())  # "bloody marys"
                if known and all(map(self._follows, range(start + 1, end))):
                    return True
        return False

    def _follows(self, at: int) -> bool:
        return self._transcript.folded[self._parts.end(at - 1) : self._parts.starts[at]] in _WITHIN

    def is_thing_here(self, first: int, last: int) -> bool:
        """Whether what names a thing and is also somebody's name in the conversation is the thing: "the sienna"."""
        if first == last and is_openly(self._parts, self._transcript, first):
            return True
        if not self.is_thing(first, last):
            return False
        one = first == last and self._is_one_of_many(first, self._parts.before(first))
        return one or self._parts.after(last) in _GOODS

    def _is_listed(self, at: int) -> bool:
        parts = self._parts
        word = parts.said[at]
        if parts.bits[at] & Bit.THING:
            return True
        end = parts.end(at)
        owned = self._transcript.folded.startswith("'s", end) and f"{word}'s" in things()
        return owned or (word.endswith("s") and word[:-1] in things())

    def _is_colour(self, at: int) -> bool:
        return self._parts.said[at] in _COLOURS

    def _is_measured(self, last: int) -> bool:
        """Whether a small number stands right behind it: "hgb 13.1"."""
        parts, number = self._parts, last + 1
        if not parts.adjoins(number) or not parts.bits[number] & Bit.DIGITS or len(parts.said[number]) > _FEW_DIGITS:
            return False
        behind = self._transcript.folded[parts.end(number) : parts.end(number) + 1]
        return behind not in {"-", "/"}

    def _is_thing_elsewhere(self, at: int) -> bool:
        """Whether a word that no list has stands behind an article or what takes things, anywhere in its document."""
        word = self._parts.said[at]
        if word not in self._things:
            self._things[word] = {
                self._parts.document(again)
                for again in self._parts.where_said({word})
                if self._transcript.words.beside(again, -1) in _BEFORE
                and self._parts.starts[again] == self._parts.end(again - 1) + 1
            }
        return self._parts.document(at) in self._things[word]
