"""Names that stand where hardly anything else can: "do you still have X as your contact", "i've taken X off", "X here".

The words of such a place say that a name follows or was said. So the name may be any word that is somebody's name in a
list, or that no list has: "will", "case", "nasrin". Each place is a pattern; what it holds is judged word by word.
"""

from collections.abc import Iterator

from privity.redact.names.parts import NameParts, is_medicine, is_thing
from privity.redact.names.spoken.slots import PICKS_UP
from privity.redact.reading.lexicon import LISTED, NUMERAL, Bit
from privity.redact.reading.small_words import WHICH_OF_KIN
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
_W = r"[a-z][a-z']*[a-z]"
_NAME = rf"({_W}(?:[ -]{_W})??)"  # one word, or two before what is said behind them
_WHOLE = rf"({_W}(?:[ -]{_W})?)"
_KIN = one_of(_VOCABULARY.relations)
_RELATIONS = " ".join(word for phrase in _VOCABULARY.relations for word in phrase.split())
_ROLES = "emergency contact|contact|beneficiary|guarantor|spouse|dependent|next of kin|primary|trustee|proxy|cosigner"
_KIND = "|".join(sorted(WHICH_OF_KIN))
_DOES = (
    "just|drove|usually|always|said|says|told|called|came|went|has|had|is|was|got|gets|gave|wants|wanted|works|lives|"
    "moved|needs|who|never|doesn't|didn't|isn't|wasn't|will|would|can|could|should|might|won't|can't"
)
_ON_A_LIST = (
    "on here|on there|on (?:the|your|that) (?:account|file|policy|list|plan)|on file|off (?:of )?(?:it|the)?|off|"
    "right here|listed here"
)
NEVER = Bit.FUNCTION | NUMERAL | Bit.PEOPLE | Bit.TITLE
_STRANGE = Bit.UNKNOWN | Bit.DERIVED

# A whole name in a place that is closed on both sides.
_CLOSED = Triggered(
    (
        rf"\b(?:to|with|for|from|is) {_NAME},? (?:that's|who's|he's|she's|that is|he is|she is) my (?:{_KIN})\b|"
        rf"\b(?:have|has|list|put|add|see) {_NAME} (?:listed |down )?as (?:your|my|her|his|their|the|a) (?:{_ROLES})\b|"
        rf"\b(?:see|saw|taken|took|take|removed|remove|added|add|put|got|find|found) {_NAME},? "
        rf"(?:{_ON_A_LIST})\b|"
        rf"\b(?:intended|meant) for {_WHOLE}\b|"
        rf"\bis {_NAME} still (?:working|there|with you|around|here)\b|"
        rf"\bis this {_NAME} (?:its|it's|this is|hi|i'm calling|speaking)\b|"
        rf"\byou've reached {_NAME},? (?:i|i'm|please|leave|sorry|we|you|at)\b|"
        rf"\b(?:colleague|coworker|manager|supervisor|associate)(?: of mine)?(?: here| over here)?,? {_NAME},? who\b"
    ).encode(),
    needs=(
        (
            "to with for from is have has list put add see saw taken took take removed remove added got find found "
            "intended meant reached colleague coworker manager supervisor associate"
        ),
        f"that he she who as on off right listed for still this reached {_RELATIONS}",
    ),
)
# A relative whose name follows, "my husband that's"; or who does something, "my brother art drove down".
_RELATIVE = Triggered(
    (
        rf"\b(?:my|his|her|your|our)(?: (?:{_KIND}))? (?:{_KIN})(?: in law)?"
        rf"(?:,? (?:that's|it's|he's|she's|that is))? {_NAME}(?:,|[.?!]|[\x1d\x1e\n]|$| i'm\b| he's\b| she's\b)|"
        rf"\b(?:my|his|her|your|our|on)(?: (?:{_KIND}))? (?:{_KIN})(?: in law)?,? {_NAME},? (?:{_DOES})\b"
    ).encode(),
    needs=(_RELATIONS, "my his her your our on"),
)
_ENDS = r"[.,?!\x1d\x1e\n]|$"
# Somebody is spoken to or of by the given name.
_GIVEN = Triggered(
    (
        rf"\byou're (?:listed|on here|on there|on file)(?: too| as well)?,? ({_W})(?:{_ENDS}| (?:it's|so|and|i)\b)|"
        rf"\byou're all set,? ({_W})(?:{_ENDS}| (?:anything|is there|have a|thank|can i)\b)|"
        rf"\btell ({_W}) (?:thanks|thank you|hi|hello|i said)\b|"
        rf"\b(?:talked|spoke|spoken|talking) (?:to|with) (?:an? )?({_W}) (?:there|over there|yesterday|last [a-z]+)\b|"
        rf"\b(?:it's|its) ({_W}) (?:from|over at|calling from|at) [a-z]|"
        rf"\b(?:hi|hey|hello|dear|okay|alright|thanks|thank you),? ({_W})[,.!?] |"
        rf"\b(?:thanks|thank you)(?: so much| very much)?,? ({_W}),? (?:bye|you've|have a|take care|talk)\b|"
        rf"\bthis is ({_W}) (?:in|at|with|from|over|calling) [a-z]|"
        rf"\b(?:send|sending) ({_W}) (?:over|out|up|down)\b|"
        rf"\b(?:have|let) ({_W}) (?:call|come|give|get back|reach|phone) (?:me|you|us|him|her|back|by|over)\b|"
        rf"\b(?:hi|hey|hello)(?: [a-z]+){{0,2}},? it's ({_W})(?:{_ENDS}| (?:is|can|could|how|just|calling|i|i'm)\b)"
    ).encode(),
    needs=(
        (
            "you tell talked spoke spoken talking it its hi hey hello dear okay alright thanks thank this send sending "
            "have let"
        ),
        (
            "out up down call come give get reach phone listed here there file set thanks thank "
            "hi hello said last yesterday from over at calling bye have take talk in with you i hey dear okay alright"
        ),
    ),
)
_IS_AROUND = Triggered(
    rf"\bis ({_W}) (?:around|there|available|home)(?: today| please| now)?(?:{_ENDS})".encode(),
    needs=("is", "around there available home"),
)
_HERE = Triggered(rf"\b({_W}) here (?:what|what's|how|can|may|with|from|at|thanks|who)\b".encode(), needs=("here",))
_NOT_ONE = Triggered(rf"\bnot ({_W}),? not ({_W})\b".encode(), needs=("not",))
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_PARTING = Triggered(
    (
        rf"\b(?:my pleasure|you're welcome|youre welcome|no problem|you too|anything else|okay|ok|alright|all right|"
        rf"thanks|thank you)(?: so much| very much| again)?,? ({_W}),? "
        rf"(?:bye|goodbye|take care|talk (?:soon|later|to you)|see you|one (?:moment|second|sec)|can i (?:get|have))\b|"
        rf"\b(?:my pleasure|you're welcome|youre welcome|anything else),? ({_W}) ?(?:[\x1d\x1e\n.?!]|$)"
    ).encode(),
    needs=("pleasure welcome problem you anything okay ok alright all thanks thank",),
)
_COMES = Triggered(
    rf"\bis ({_W}) (?:coming|going with|joining|driving|picking|bringing|riding)\b".encode(),
    needs=("is", "coming going joining driving picking bringing riding"),
)
_SENT = Triggered(
    (
        rf"\b(?:i'll|ill|i will|we'll|we will|i can|we can|i could|gonna|going to|let me) send ({_W}) "
        rf"(?:out |over |by |round |around )?(?:on|today|tomorrow|tonight|this|next|at|{_DAYS})\b"
    ).encode(),
    needs=("send",),
)
_WITH = Triggered(
    (
        rf"\b(?:dinner|lunch|brunch|breakfast|coffee|drinks|tennis|golf) with ({_W})"
        rf"(?:[,.?!\"\x1d\x1e\n]|$| (?:on|at|tomorrow|tonight|today|this|next|{_DAYS})\b)|"
        rf"\b(?:text|call|email|message|ping|phone) ({_W}) at \(?[0-9]"
    ).encode(),
    needs=(
        "with text call email message ping phone",
        f"dinner lunch brunch breakfast coffee drinks tennis golf {A_DIGIT}",
    ),
)
_WANTS = Triggered(rf"\b({_W}) wants to (?:come|join|go|ride)\b".encode(), needs=("wants", "come join go ride"))
_OF_KIN = Triggered(
    (
        rf"\bhow(?:'s|s| is| are)? (?:your|the) (?:{_KIN})\b[^\x1d\x1e\n]{{0,24}}[\x1e\n] ?(?:oh |uh |um )?({_W})"
        r"(?:'s| is) (?:good|great|fine|okay|doing|in|at|away|back|still|better|well|ok|not)\b"
    ).encode(),
    needs=("how hows", "s is", _RELATIONS),
)
SHORT_SURNAMES = frozenset(
    {"do", "so", "an", "ho", "ha", "he", "to", "my", "no", "in", "you", "le", "vo", "vu", "ly", "ma"}
)
_NOBODY = _VOCABULARY.relations | _VOCABULARY.speaker_roles - {"guy"}
_NOT_ALONE = frozenset(
    {"can", "long", "guy", "man", "young", "love", "said", "back", "soon", "early", "see", "way", "rich", "hope"}
)
_NOT_RELATED = frozenset({"hope", "rich"})  # words that are names where whose they are is said
_NO_SURNAMES = _VOCABULARY.not_names | {
    "back", "here", "there", "today", "first", "last", "again", "home", "please", "right", "now", "number", "guy",
    "still", "also", "just", "already", "only", "too", "early", "long", "good", "well", "best", "later", "soon",
    "more", "man",
}  # fmt: skip
_OF_SOMEBODY = (_PARTING, _COMES, _SENT, _WITH, _WANTS, _OF_KIN)
# "is autumn coming", "lunch with everybody": of these more has to be known.
_UNFIT = frozenset(
    {
        "art", "autumn", "bill", "dawn", "everybody", "everyone", "faith", "grant", "hers", "joy", "mail", "nobody",
        "sky", "sunny", "somebody", "someone", "star", "summer", "winter",
    }
)  # fmt: skip
_ADDRESSED_TOO = frozenset({"art", "bill", "faith", "dawn", "joy", "grant", "summer"})


def placed(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of names that stand in such places."""
    octets = transcript.octets
    for pattern in (_CLOSED, _RELATIVE):
        for match in pattern.finditer(octets):
            group = match.lastindex
            yield from _whole(parts, transcript, *match.span(group))
    for at in _alone(parts, transcript):
        yield at, at
    for match in _NOT_ONE.finditer(octets):
        both = [transcript.words.at_or_behind(match.start(group)) for group in (1, 2)]
        if all(is_given(parts, at, frequently=False) and not parts.bits[at] & Bit.WORD for at in both):
            yield from ((at, at) for at in both)


def _alone(parts: NameParts, transcript: Transcript) -> Iterator[int]:
    """Yield given names that stand alone in such places."""
    for pattern in (_GIVEN, _IS_AROUND):
        for match in pattern.finditer(transcript.octets):
            at = transcript.words.at_or_behind(match.start(match.lastindex))
            if is_given(parts, at, frequently=True):
                yield at
    for match in _HERE.finditer(transcript.octets):
        at = transcript.words.at_or_behind(match.start(1))
        opening = match.start() - transcript.documents[parts.document(at)] < PICKS_UP
        if opening and is_given(parts, at, frequently=True):
            yield at
    for pattern in _OF_SOMEBODY:
        for match in pattern.finditer(transcript.octets):
            at = transcript.words.at_or_behind(match.start(match.lastindex))
            word = parts.said[at]
            fit = word not in _UNFIT or (pattern is _PARTING and word in _ADDRESSED_TOO)
            if fit and is_given(parts, at, frequently=word not in _NOT_RELATED):
                yield at


def _whole(parts: NameParts, transcript: Transcript, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the name within a closed place: a given name alone or with its surname, or nothing."""
    first, last = transcript.words.at_or_behind(start), transcript.words.at_or_behind(end) - 1
    if last < first:
        return
    if first == last:
        if is_given(parts, first, frequently=parts.said[first] not in _NOT_RELATED):
            yield first, first
    elif _is_surname(parts, last):
        if is_given(parts, first, frequently=False):
            yield first, last
    elif is_given(parts, first, frequently=True):
        yield first, first


def is_given(parts: NameParts, at: int, *, frequently: bool) -> bool:
    """Whether a word can be a given name: a listed one, one that no list has; of words a frequent one."""
    bits, word = parts.bits[at], parts.said[at]
    if bits & (NEVER | Bit.NO_NAME) or not bits & Bit.LETTERS or word in _NOBODY or is_medicine(word):
        return False
    if not bits & (Bit.PLAIN | Bit.CAPITAL):
        return False
    if frequently and word in _NOT_ALONE and not bits & Bit.CAPITAL:
        return False
    if bits & Bit.WORD or bits & Bit.CALENDAR:
        return bits & (Bit.FREQUENT_GIVEN if frequently else Bit.GIVEN) != 0
    if bits & Bit.GIVEN:
        return True
    return bits & _STRANGE == Bit.UNKNOWN and not bits & (Bit.THING | Bit.KNOWN_PLACE) and not is_thing(word)


def _is_surname(parts: NameParts, at: int) -> bool:
    bits, word = parts.bits[at], parts.said[at]
    if word in SHORT_SURNAMES and word not in {"in", "to", "so", "you", "my", "no", "an", "he"}:
        return True
    if (bits & NEVER and not bits & Bit.CALENDAR) or word in _NO_SURNAMES or not bits & Bit.LETTERS:
        return False
    if not bits & (Bit.PLAIN | Bit.CAPITAL):
        return False
    return bits & (LISTED | Bit.UNKNOWN | Bit.PLACE | Bit.FOREIGN_SURNAME | Bit.CALENDAR) != 0
