"""Questions whose answer is a name: "what's her last name", "and who's driving", "you're mister", "name on the card".

Most ask for a name in so many words. Others end a turn: what begins with "who", or leaves a name open, is answered by
somebody's name in the next turn, whatever word that name is.
"""

from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered

_ANYWHERE = Triggered(
    rb"\b(?:your|her|his|their|the|patient's|customer's|holder's)\s+(?:[a-z']+\s+){0,2}name|"
    rb"\bwhom?\s+(?:am\s+i|do\s+i|is)\s+(?:speaking|talking|have|calling|this)|\bwho's\s+(?:calling|this)|"
    rb"\bspell(?:ed|ing)?\b|\b(?:full|first|last)\s+name\b|"
    rb"\bname\s+of\s+(?:(?:uh|um|er|the|your)\s+)*(?:traveler|passenger|patient|guest|caller|insured|driver|customer|"
    rb"policyholder|student|child|witness|owner|tenant|member|subscriber|employee|cardholder|contact)\b",
    needs=("name* who whom spell spelled spelling",),
)
_OF_A_TURN = Triggered(
    rb"\b(?:who(?:'s|'ll|'d|m)?(?:[ ,]+[a-z']+){1,9}|"
    rb"name(?:s|'s)?(?: (?:it's|it|that's|is|on|for|under|of|the|in|this|card|account|reservation|booking|order|file|"
    rb"please|again|sir|ma'am|then|was|would|be|you|to|as|appears|your|there|policy|referral|appointment|and|birthday|birthdate|date|birth|number|phone|passport|license|ticket|check|lease|loan|deed|envelope|package|card)){0,7}|"
    rb"you(?:'re| are)(?: speaking with)? (?:mister|mr|miss|ms|missus|mrs|doctor)|and you are|and yours|under what|"
    rb"(?:what|how) (?:do|should|can|may|would) (?:you go by|i call you|i address you|we call you))"
    rb"[ ,.?!]*(?:[\x1d\x1e\n]|$)",
    either=(
        ("who whom name names yours under",),
        ("you", "mister mr miss ms missus mrs doctor"),
        ("and", "you", "are"),
        ("what how", "you", "go call address"),
    ),
)
# "last name / ramirez / thank you, first / ..."
_THEN_FIRST = Triggered(
    rb"\blast\s+name\b[^\x1c\x1d]{0,240}[\x1e\n.?]\s*(?:(?:thank\s+you|thanks|okay|great|got\s+it|perfect|and|the|alright)[\s,.]+)*"
    rb"first[ ?.]*(?:[\x1d\x1e\n]|$)",
    needs=("last", "name", "first"),
)
_NO_PERSONS = Triggered(
    rb"\b(?:insurance|carrier|insurer|bank|company|employer|provider|manufacturer|street|pet|dog|cat|business|user|file|"
    rb"brand|drug|medication|domain|product|host|school|program|store|hotel|network|device|with us|"
    rb"cares|knows?|(?:any|some|every)(?:one|body|thing)\s+else)\b|\bname (?:it|of it|that)\W*$",
    needs=(
        (
            "insurance carrier insurer bank company employer provider manufacturer street pet dog cat business "
            "user file brand drug medication domain product host school program store hotel network device with "
            "cares know knows else name"
        ),
    ),
)
_ANY = Group(_ANYWHERE, _THEN_FIRST, _OF_A_TURN)
_BREAKS = b"\x1d\x1e\n"


def questions_for_names(transcript: Transcript) -> list[int]:
    """Return where questions for names end, in order; each place lies within the turn that asks."""
    octets = transcript.octets
    if not _ANY.can_occur(octets):
        return []
    ends = {match.end() for match in _ANYWHERE.finditer(octets)}
    ends |= {match.end() - 1 for match in _THEN_FIRST.finditer(octets)}
    for match in _OF_A_TURN.finditer(octets):
        if not _NO_PERSONS.search(octets, max(0, match.start() - 16), match.end()):
            end = match.end()
            ends.add(end - 1 if octets[end - 1 : end] in _BREAKS else end)
    return sorted(ends)
