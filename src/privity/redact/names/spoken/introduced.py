"""English words that are somebody's name because of how the talk goes: greeted, introduced, said again in full.

"hey will it's pat from the shop", "this is marigold" before the other side greets, "is this ransom" before "ransom
tuttle, yes", "my brother wren he's at home". The words by themselves say nothing; the turn of the conversation does.
"""

from collections.abc import Iterator

from privity.redact.names.parts import NameParts
from privity.redact.names.spoken.slots import PICKS_UP
from privity.redact.reading.lexicon import LISTED, Asked, Bit
from privity.redact.reading.small_words import WHICH_OF_KIN
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
_FEW_USES = Bit.FUNCTION | Bit.NUMBER | Bit.DIGITS | Bit.NO_NAME | Bit.PEOPLE | Bit.TITLE | Bit.NO_PERSON
_MAY_BE_CALLED = LISTED | Bit.UNKNOWN | Bit.WORD
_SURNAMES = Bit.SURNAME | Bit.FOREIGN_SURNAME | Bit.UNKNOWN
_GREETS = frozenset({"hi", "hey", "hello", "dear", "morning", "afternoon"})
_MODAL = frozenset({"will", "may", "can"})
_BEHIND_GREETED = frozenset({"it's", "this", "i'm"})
_BEHIND_GREETED_TOO = _BEHIND_GREETED | {"how", "what", "just", "thanks", "yeah", "yes", "nice", "good", "can", "uh"}
_SAYS = frozenset(
    {"said", "told", "thought", "knew", "heard", "found", "felt", "saw", "swore", "made", "got", "had", "was", "did"}
)
_NO_SPEAKERS = _VOCABULARY.speaker_roles | {
    "absurd", "amazing", "awesome", "awful", "awkward", "bad", "big", "bizarre", "bogus", "broken", "bull", "cheap",
    "close", "cold", "cool", "crap", "crazy", "cute", "dumb", "early", "easy", "extra", "fair", "fast", "fine", "fraud",
    "free", "full", "fun", "funny", "good", "great", "hard", "heavy", "hell", "home", "hot", "huge", "insane", "late",
    "legit", "long", "mine", "much", "neat", "new", "nice", "normal", "nuts", "odd", "old", "ours", "perfect", "plan",
    "private", "quick", "rare", "rough", "sad", "safe", "scary", "short", "sick", "silly", "simple", "slow", "small",
    "standard", "strange", "stupid", "super", "sure", "theft", "tough", "true", "ugly", "urgent", "weird", "wild",
    "wonderful", "wrong", "yours", "news", "work",
}  # fmt: skip
_THIS_IS = Triggered(
    rb"\b(?:this is|this is her [a-z]+|this is his [a-z]+) ([a-z]{3,})(?: ?[\x1e\n]| (?:from|calling|speaking) )",
    needs=("this", "is"),
)
_KIN = one_of(_VOCABULARY.relations)
_RELATIVE = Triggered(
    rf"\b(?:my|his|her|our|your|their)(?: (?:{'|'.join(sorted(WHICH_OF_KIN))}))?"
    rf" (?:{_KIN})(?: in law)? ([a-z]+) (?:she|he|she's|he's|she'll|he'll|who's|whose)\b".encode(),
    needs=(" ".join(_VOCABULARY.relations), "she he who whose"),
)
_SAYS_IT = "it's|that's|yes|yeah|uh|um"
_KINDS = (
    "bird|flower|month|season|tree|color|colour|plant|weather|city|state|river|stone|gem|herb|spice|fruit|animal|planet|"
    "car|actor|actress|singer|president|instrument|bell|sky|stream|holiday|star|day|family|number|place|drink|fish"
)
_LIKE_THE = Triggered(
    (
        rf"(?:^|[\x1d\x1e\n.?!] *|\b(?:{_SAYS_IT}|is|name|under|i'm|that) )(?:(?:{_SAYS_IT}),? )?"
        rf"([a-z]{{3,}}),? (?:like|as in) the (?:{_KINDS})\b"
    ).encode(),
    needs=("like as", "the", _KINDS.replace("|", " ")),
)
_IS_MY_NAME = Triggered(
    rb"\b([a-z]{3,}) is (?:my|his|her|our|their|the)(?: (?:actual|real|legal))? "
    rb"(?:(?:first|last|middle|given|family|maiden|full|married) name|surname)\b",
    needs=("name surname",),
)
_ASK_FOR_ME = Triggered(rb"\bask for (?:me )?(?:i'm|it's|my name's|my name is) ([a-z]{3,})\b", needs=("ask", "for"))
_CALLED_TO = Triggered(
    rb"\b(?:look(?:ing)? at me|listen to me|stay with me|talk to me|come (?:here|on)|(?:good|great|nice) job|"
    rb"(?:say|said|says) (?:hi|hello) to|happy birthday(?: to)?) ([a-z]{3,})\b",
    needs=("me here on job to birthday", "look looking listen stay talk come good great nice say said says happy"),
)
_TOLD = Triggered(
    rb"\b(?:tell|told|ask|asked|let|remind) ([a-z]{3,}) (?:i|i'm|i'll|that|if|he|he's|she|she's|we|we're|hi|know)\b",
    needs=("tell told ask asked let remind",),
)
# "who has the keys? / dawn does"
_WHO = Triggered(
    rb"\bwho\b[^\x1d\x1e\n]{0,60}[\x1e\n] ?(?:uh |um |oh )?([a-z]{3,}) (?:is|does|did|has|had|was)\b", needs=("who",)
)
_THERE = frozenset({"there", "again"})
_NO_WORD_FOR_PEOPLE = ("ing", "ed", "ly", "ful", "ous", "able", "ible", "ive", "less", "ment", "tion", "ity", "s")


def introduced(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of names that the course of the talk tells."""
    for at in parts.where(_MAY_BE):
        if _is_greeted(parts, at):
            yield at, at
    octets = transcript.octets
    for opening in _THIS_IS.finditer(octets):
        at = transcript.words.at_or_behind(opening.start(1))
        start = transcript.documents[parts.document(at)]
        if opening.start() - start < PICKS_UP and _may_speak(parts, at):
            yield at, at
    yield from _explained(parts, transcript)
    yield from _called(parts, transcript)
    yield from _spoken_to(parts, transcript)
    for relative in _RELATIVE.finditer(octets):
        at = transcript.words.at_or_behind(relative.start(1))
        if _may_be_relative(parts, at):
            yield at, at


def _called(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield words of which somebody says that they are a name: "young is my first name", "ask for me i'm ford"."""
    for pattern in (_IS_MY_NAME, _ASK_FOR_ME):
        for named in pattern.finditer(transcript.octets):
            at = transcript.words.at_or_behind(named.start(1))
            if not parts.bits[at] & (_FEW_USES & ~Bit.NO_NAME) and parts.bits[at] & _MAY_BE_CALLED:
                yield at, at


def _spoken_to(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield words to whom somebody calls, is told something, or who are the answer to "who": "look at me grace"."""
    for pattern, known in ((_CALLED_TO, Bit.FREQUENT_GIVEN), (_TOLD, Bit.GIVEN), (_WHO, Bit.FREQUENT_GIVEN)):
        for named in pattern.finditer(transcript.octets):
            at = transcript.words.at_or_behind(named.start(1))
            bits, word = parts.bits[at], parts.said[at]
            given = bits & known and bits & Bit.PLAIN and not bits & (_FEW_USES | Bit.CALENDAR)
            verb = word in _VOCABULARY.verbs_too and pattern is not _WHO  # "good job will you"
            if given and not verb and word not in _VOCABULARY.relations:
                yield at, at


def _explained(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield words that somebody explains, "sunday like the day", and where they stand before a surname."""
    told: set[tuple[int, str]] = set()
    for likeness in _LIKE_THE.finditer(transcript.octets):
        at = transcript.words.at_or_behind(likeness.start(1))
        bits = parts.bits[at]
        named = bits & LISTED and not bits & (_FEW_USES & ~Bit.NO_NAME)
        if named or bits & Bit.CALENDAR:
            yield at, at
            told.add((parts.document(at), parts.said[at]))
    words = {word for _, word in told}
    for at in parts.where_said(words) if words else ():
        behind = at + 1
        if not parts.adjoins(behind) or (parts.document(at), parts.said[at]) not in told:
            continue
        if parts.bits[behind] & _SURNAMES and not parts.bits[behind] & (_FEW_USES | Bit.CALENDAR | Bit.WORD):
            yield at, behind


def _may_be(bits: int) -> bool:
    named = bits & (Bit.FREQUENT_GIVEN | Bit.FREQUENT_SURNAME) != 0 and bits & Bit.GIVEN != 0
    return named and bits & Bit.WORD != 0 and bits & Bit.PLAIN != 0


_MAY_BE = Asked(_may_be)


def _is_greeted(parts: NameParts, at: int) -> bool:
    """Whether somebody is greeted by a word: "hey will it's me", "hi art how are you"."""
    there = parts.before(at) in _THERE and parts.before(at - 1) in _GREETS  # "hey there grace"
    if not (there or parts.before(at) in _GREETS) or not parts.bits[at] & Bit.FREQUENT_GIVEN:
        return False
    after = parts.after(at)
    after = parts.before(at + 2) if after == "it" and at + 2 < parts.count else after  # with its "'s"
    return after in (_BEHIND_GREETED if parts.said[at] in _MODAL else _BEHIND_GREETED_TOO)


def _may_speak(parts: NameParts, at: int) -> bool:
    """Whether a word that ends the turn in which somebody picks up can be who that is: "this is marigold"."""
    bits, word = parts.bits[at], parts.said[at]
    if bits & (_FEW_USES | Bit.CALENDAR) or not bits & Bit.PLAIN or word in _NO_SPEAKERS:
        return False
    return bits & Bit.FREQUENT_GIVEN != 0 or not word.endswith(_NO_WORD_FOR_PEOPLE)


def _may_be_relative(parts: NameParts, at: int) -> bool:
    bits, word = parts.bits[at], parts.said[at]
    if bits & (_FEW_USES | Bit.CALENDAR) or not bits & Bit.PLAIN or word in _SAYS or word in _VOCABULARY.relations:
        return False
    return not word.endswith(("s", "ed", "ing", "ly"))
