"""Small words that rules of several kinds ask for: whose something is, which one, since when, what a listener says."""

from typing import Final

OWNERS: Final = frozenset({"my", "your", "his", "her", "our", "their"})
DETERMINERS: Final = frozenset({"a", "an", "the", "some", "any", "these", "those", "per", "every"})
THE_ONE: Final = frozenset({"the", "this", "that", "a", "my", "your", "our", "each", "last", "next", "these"})
"""Before one of several things: "the last doctor"."""
TITLES: Final = frozenset({"miss", "missus", "mister", "mr", "mrs", "ms"})
"""How people are spoken to, whatever they do."""
BEFORE_MONTHS: Final = frozenset(
    {"by", "early", "every", "in", "last", "late", "mid", "next", "of", "since", "this", "through", "till", "until"}
)
"""Behind these "april" is the month and nobody."""
CORRECTIONS: Final = frozenset(
    {"actually", "correction", "excuse", "make", "mean", "no", "rather", "scratch", "sorry", "wait"}
)
"""Who takes back what was said says one of these."""
OPENS_ANSWER: Final = frozenset(
    {
        "be", "course", "er", "first", "full", "hi", "i'm", "is", "it", "it'll", "it's", "itll", "last", "me", "my",
        "name", "name's", "of", "oh", "ok", "okay", "should", "so", "sure", "that's", "the", "this", "uh", "um", "well",
        "would", "yeah", "yep", "yes",
    }
)  # fmt: skip
"""What stands before the name in an answer to a question for one."""
WHICH_OF_KIN: Final = frozenset(
    {"best", "big", "eldest", "ex", "great", "late", "little", "new", "older", "oldest", "younger", "youngest"}
)
SIDES: Final = frozenset({"east", "north", "south", "west"})
URGES: Final = (
    "uh huh", "mm hmm", "mm hm", "mhmm", "mhm", "okay", "ok", "yes", "yeah", "yep", "alright", "all right", "right",
    "sure", "go ahead", "go on", "got it", "perfect", "great", "thank you", "thanks",
)  # fmt: skip
"""What somebody says who writes a value down, between two pieces of it."""
AN_URGE: Final = f"(?:{'|'.join(URGES)})".replace(" ", r"[\s-]+")
AS_IN: Final = r"(?:as\s+in|is\s+in|like|for)"
"""What leads from a letter to the word that explains it, as a pattern: "f as in frank"; "is" is heard for "as"."""
