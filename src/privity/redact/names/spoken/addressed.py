"""Places of talk that hold a given name and hardly anything else: partings, errands, invitations, answers about kin.

"my pleasure mark bye bye", "is mark coming", "i'll send mark on thursday", "dinner with mark on friday", "text grace at
(303)", "how's your brother" and "teo's good". Which words of such a place may be a name, `placed` judges.
"""

from collections.abc import Iterator

from privity.redact.names.parts import NameParts
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_W = "[a-z][a-z]*[a-z]"
_KIN = one_of(vocabulary().relations)
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_PARTS = Triggered(
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
    needs=("how hows", "s is", " ".join(word for phrase in vocabulary().relations for word in phrase.split())),
)
_UNFIT = frozenset(
    {
        "art", "autumn", "bill", "dawn", "everybody", "everyone", "faith", "grant", "hers", "joy", "mail", "nobody",
        "sky", "sunny", "somebody", "someone", "star", "summer", "winter",
    }
)  # fmt: skip
_ADDRESSED_TOO = frozenset({"art", "bill", "faith", "dawn", "joy", "grant", "summer"})


def addressed(parts: NameParts, transcript: Transcript) -> Iterator[int]:
    """Yield the words that stand in such places."""
    for pattern in (_PARTS, _COMES, _SENT, _WITH, _WANTS, _OF_KIN):
        for match in pattern.finditer(transcript.octets):
            at = transcript.words.at_or_behind(match.start(match.lastindex))
            word = parts.said[at]
            if word not in _UNFIT or (pattern is _PARTS and word in _ADDRESSED_TOO):
                yield at
