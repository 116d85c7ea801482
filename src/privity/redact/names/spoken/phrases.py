"""Phrases that hold a name and hardly anything else: "do you still have X as your contact", "this is X", "tell X that".

The words of such a phrase say that a name follows or was said. So the name may be any word that is somebody's name in a
list, or that no list has: "will", "case", "nasrin". Each phrase is a pattern; `fit_words` judges what it holds.
"""

from collections.abc import Callable, Iterator
from typing import Any

from privity.redact.names.parts import NameParts
from privity.redact.names.spoken import fit_words
from privity.redact.names.spoken.mentioned import mentioned
from privity.redact.names.spoken.slots import PICKS_UP
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.small_words import WHICH_OF_KIN
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Rows, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

Fit = Callable[[NameParts, int], bool]
Read = Callable[[NameParts, Transcript, Any], Iterator[tuple[int, int]]]

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
    either=(
        ("my", _RELATIONS, "that who he she"),
        ("as", "have has list put add see", _ROLES.replace("|", " ")),
        ("see saw taken took take removed remove added add put got find found", "on off right listed"),
        ("intended meant", "for"),
        ("is", "still this"),
        ("reached",),
        ("colleague coworker manager supervisor associate", "who"),
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
    either=(
        ("you", "listed on set"),
        ("tell", "thanks thank hi hello i"),
        ("talked spoke spoken talking", "to with", "there over yesterday last"),
        ("it its", "from over calling at"),
        ("hi hey hello dear okay alright thanks thank", ", . ! ?"),
        ("thanks thank", "bye you have take talk"),
        ("this", "is", "in at with from over calling"),
        ("send sending", "over out up down"),
        ("have let", "call come give get reach phone"),
        ("hi hey hello", "it"),
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
        rf"\b(?:see (?:you|ya)|(?:talk|speak)(?: to you)?)(?: then| there| soon| later| tomorrow| around)*,? ({_W}),? "
        r"(?:bye|goodbye|take care)\b|"
        rf"\b(?:my pleasure|you're welcome|youre welcome|anything else),? ({_W}) ?(?:[\x1d\x1e\n.?!]|$)"
    ).encode(),
    either=(
        ("pleasure welcome anything",),
        ("problem you ya talk speak okay ok alright all thanks thank", "bye goodbye take talk see one can"),
    ),
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
_THIS_IS = Triggered(
    rb"\b(?:this is|this is her [a-z]+|this is his [a-z]+) ([a-z]{3,})(?: ?[\x1e\n]| (?:from|calling|speaking) )",
    needs=("this", "is"),
)
_OF_RELATIVE = Triggered(
    rf"\b(?:my|his|her|our|your|their)(?: (?:{_KIND}))? (?:{_KIN})(?: in law)?"
    r" ([a-z]+) (?:she|he|she's|he's|she'll|he'll|who's|whose)\b".encode(),
    needs=(_RELATIONS, "she he who whose"),
)
_SAYS_IT = "it's|that's|yes|yeah|uh|um"
_KINDS = (
    "bird|flower|month|season|tree|color|colour|plant|weather|city|state|river|stone|gem|herb|spice|fruit|animal|planet|"
    "car|actor|actress|singer|president|instrument|bell|sky|stream|holiday|star|day|family|number|place|drink|fish|word"
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
_TOLD_SO = Triggered(
    rb"\b(?:tell|told|ask|asked|let|remind) ([a-z]{3,}) (?:i|i'm|i'll|that|if|he|he's|she|she's|we|we're|hi|know)\b",
    needs=("tell told ask asked let remind",),
)
# "who has the keys? / dawn does"
_WHO = Triggered(
    rb"\bwho\b[^\x1d\x1e\n]{0,60}[\x1e\n] ?(?:uh |um |oh )?([a-z]{3,}) (?:is|does|did|has|had|was)\b", needs=("who",)
)
_GREETED = Triggered(
    rb"\b(?:hi|hey|hello|dear|morning|afternoon)(?: there| again)? ([a-z]+) "
    rb"(?:it's|this|i'm|how|what|just|thanks|yeah|yes|nice|good|can|uh)\b",
    needs=("hi hey hello dear morning afternoon", "it this i how what just thanks yeah yes nice good can uh"),
)
_SAYS = (b"it's", b"it is", b"name", b"i'm", b"this is", b"that's")
_SAYS_SO = r"(?:it's|it is|name is|name's|i'm|this is|that's)"
_AGAIN = Triggered(
    (
        rf"\b(?:{_SAYS_SO},? )?({_W})[,.]? just ({_W})(?:[,']|{_ENDS}| (?:i'm|calling|from|here|speaking|and|with)\b)|"
        rf"\b{_SAYS_SO},? ({_W}),? ({_W}) ({_W})(?:,|{_ENDS}| (?:calling|from|here|speaking|and|with)\b)"
    ).encode(),
    either=(("just",), ("it name that", "s"), ("it name this", "is"), ("i", "m")),
)
# A given name that no list has, with a surname: "this is wilner park calling".
_WITH_SURNAME = Triggered(
    rf"\b(?:this is|i'm|name is) ({_W}) ({_W})(?:,|{_ENDS}| (?:calling|from|here|speaking|and|with|i'm)\b)".encode(),
    either=(("this name", "is"), ("i", "m")),
)
_ALONE: tuple[tuple[Triggered, Fit], ...] = (
    (_GREETED, fit_words.is_greeted),
    (_IS_MY_NAME, fit_words.is_called),
    (_ASK_FOR_ME, fit_words.is_called),
    (_CALLED_TO, fit_words.is_addressed),
    (_TOLD_SO, fit_words.is_told),
    (_WHO, fit_words.is_answer),
    (_OF_RELATIVE, fit_words.is_relative),
    (_GIVEN, fit_words.is_frequent),
    (_IS_AROUND, fit_words.is_frequent),
    (_PARTING, fit_words.is_parted_from),
    (_COMES, fit_words.is_somebody),
    (_SENT, fit_words.is_somebody),
    (_WITH, fit_words.is_somebody),
    (_WANTS, fit_words.is_somebody),
    (_OF_KIN, fit_words.is_somebody),
)


def phrases(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of names that such phrases hold."""
    octets = transcript.octets
    for pattern, read in _READ.possible(octets):
        for match in pattern.finditer(octets):
            yield from read(parts, transcript, match)
    if _LIKE_THE.can_occur(octets):
        yield from _explained(parts, transcript)
    yield from mentioned(parts, transcript)


def _closed(parts: NameParts, transcript: Transcript, match: Any) -> Iterator[tuple[int, int]]:
    """Yield the name in a place for a whole one."""
    start, end = match.span(match.lastindex)
    yield from _whole(parts, transcript.words.at_or_behind(start), transcript.words.at_or_behind(end) - 1)


def _alone(fits: Fit) -> Read:
    """Return what yields a name of one word that fits."""

    def read(parts: NameParts, transcript: Transcript, match: Any) -> Iterator[tuple[int, int]]:
        if fits(parts, at := transcript.words.at_or_behind(match.start(match.lastindex))):
            yield at, at

    return read


def _opening(fits: Fit) -> Read:
    """Return what yields who picks up: "this is marigold"."""

    def read(parts: NameParts, transcript: Transcript, match: Any) -> Iterator[tuple[int, int]]:
        at = transcript.words.at_or_behind(match.start(1))
        if match.start() - transcript.documents[parts.document(at)] < PICKS_UP and fits(parts, at):
            yield at, at

    return read


def _neither(parts: NameParts, transcript: Transcript, match: Any) -> Iterator[tuple[int, int]]:
    """Yield both names of "not aiden not hayden", where neither is an English word."""
    both = [transcript.words.at_or_behind(match.start(group)) for group in (1, 2)]
    if all(fit_words.is_given(parts, at, frequently=False) and not parts.bits[at] & Bit.WORD for at in both):
        yield from ((at, at) for at in both)


def _said_again(parts: NameParts, transcript: Transcript, match: Any) -> Iterator[tuple[int, int]]:
    """Yield a name that is said twice, alone or with the surname: "it's may, just may", "it's grace, grace hill"."""
    first = transcript.words.at_or_behind(match.start(1 if match[2] else 3))
    again = transcript.words.at_or_behind(match.start(2 if match[2] else 4))
    frequently = match[2] is not None and not match[0].startswith(_SAYS)
    if parts.said[first] != parts.said[again] or not fit_words.is_given(parts, first, frequently=frequently):
        return
    if match[2]:
        yield first, first
        yield again, again
    elif fit_words.is_listed_surname(parts, again + 1):
        yield first, first
        yield again, again + 1


def _with_surname(parts: NameParts, transcript: Transcript, match: Any) -> Iterator[tuple[int, int]]:
    first, last = (transcript.words.at_or_behind(match.start(group)) for group in (1, 2))
    if fit_words.is_whole(parts, first, last):
        yield first, last


def _whole(parts: NameParts, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the name within a phrase that has room for two words: a given name alone or with its surname, or none."""
    if first == last:
        if fit_words.is_related(parts, first):
            yield first, first
    elif fit_words.is_surname(parts, last):
        if fit_words.is_given(parts, first, frequently=False):
            yield first, last
    elif fit_words.is_frequent(parts, first):
        yield first, first


def _explained(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield words that somebody explains, "sunday like the day", and where they stand before a surname."""
    told: set[tuple[int, str]] = set()
    for likeness in _LIKE_THE.finditer(transcript.octets):
        at = transcript.words.at_or_behind(likeness.start(1))
        if fit_words.is_explained(parts, at):
            yield at, at
            told.add((parts.document(at), parts.said[at]))
    for at in parts.where_said({word for _, word in told}):
        behind = at + 1
        again = parts.adjoins(behind) and (parts.document(at), parts.said[at]) in told
        if again and fit_words.is_surname_of_explained(parts, behind):
            yield at, behind


_READ = Rows[tuple[Triggered, Read]](
    (
        (_CLOSED, _closed),
        (_RELATIVE, _closed),
        *((pattern, _alone(fits)) for pattern, fits in _ALONE),
        (_THIS_IS, _opening(fit_words.may_speak)),
        (_HERE, _opening(fit_words.is_frequent)),
        (_NOT_ONE, _neither),
        (_AGAIN, _said_again),
        (_WITH_SURNAME, _with_surname),
    )
)
