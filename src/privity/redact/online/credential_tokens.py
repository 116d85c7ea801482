"""User names and passwords that are written as one token where credentials are spoken of: "bigoak1962", "Falcon#4".

A word that mixes letters with digits or signs is no word of a sentence. Close behind "password" or "user id", in the
same turn or in the answers, it is the secret, whatever stands between: "well, it was Falcon#4".
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered

_SPOKEN_OF = Triggered(
    rb"\b(?:(pass\s?words?|pass\s?codes?|pass\s?phrase|(?:backup|recovery|secret|security)\s+(?:phrase|key|code)|wi\s?fi\s+key|network\s+key)|"
    rb"user\s?names?|user\s+i\s?ds?|log\s?ins?|log\s+(?:in|on)|sign\s?in\s+name|screen\s+name|handle|gamer\s?tag|wants\s+a\s+user|"
    rb"instagram|insta|tik\s?tok|snap\s?chat|twitter|discord|telegram|venmo|cash\s?app|twitch|reddit|social\s+media|profile)\b",
    needs=(
        (
            "pass* backup recovery secret security wi wifi network user username usernames login logins log sign "
            "signin screen handle gamer gamertag instagram insta tik tiktok snap snapchat twitter discord telegram "
            "venmo cash cashapp twitch reddit social profile"
        ),
    ),
)
# "follow me @ana.ruiz", "venmo is @ana-ruiz"
_AT_HANDLE = Triggered(
    rb"\b(?:follow|handle|instagram|insta|ig|twitter|tik\s?tok|snap\s?chat|snap|venmo|cash\s?app|telegram|discord|threads|dm|tagged)\b"
    rb"[^\n\x1d\x1e@]{0,30}[\s:(]@([a-z0-9_](?:[a-z0-9_-]|\.[a-z0-9_]){2,29})",
    needs=(
        (
            "follow handle instagram insta ig twitter tik tiktok snap snapchat venmo cash cashapp telegram discord "
            "threads dm tagged"
        ),
        "@",
    ),
)
# as in "my github is t-okoro" and behind "skype:"
_CALLED = Triggered(
    rb"\b(?:git\s?hub|git\s?lab|bitbucket|linked\s?in|skype|steam|discord|venmo|paypal|zelle|instagram|insta|twitter|tik\s?tok|"
    rb"snap\s?chat|snap|telegram|twitch|reddit|xbox|psn)(?:\s(?:handle|name|user\s?name|id|tag|profile|account))?"
    rb"(?:'s|\sis|:|\sas|,?\sit's|,?\sthat's)\s@?([a-z][a-z0-9]*(?:[._-][a-z0-9]+)+|[a-z]{3,}[0-9]{1,6})\b",
    needs=(
        (
            "git github gitlab bitbucket linked linkedin skype steam discord venmo paypal zelle instagram insta "
            "twitter tik tiktok snap snapchat telegram twitch reddit xbox psn"
        ),
    ),
)
# as in "the temporary password Kestrel@Moor#17": right behind the word, also with signs that mail addresses have
_RIGHT_BEHIND = Triggered(
    rb"\bpass\s?(?:words?|codes?|phrases?)(?:\s+(?:is|was|of|to))?\s+"
    rb"([a-z0-9_#$!%&*+@.^~=-]{5,63}[a-z0-9#$!%&*+@^~=])(?:[\s,.;:?)\x1d\x1e]|$)",
    needs=("pass* password* passcode* passphrase*", "@ # $ % & * + ^ ~ ="),
)
_SIGNED = re.compile(r"(?=.*[a-z])(?=.*[0-9@#$%&*+^~=].*[@#$%&*+^~=]|.*[@#$%&*+^~=].*[0-9@#$%&*+^~=]).+", re.ASCII)
_MAILBOX = re.compile(r"[^@]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)
# as in "the network is Brookhouse and the key is heron-lane-88"
_OF_NETWORK = Triggered(
    rb"\b(?:wi[\s-]?fi|ssid|network)\b[^\n\x1d\x1e.]{0,80}[\s,;:]key(?:\s+(?:is|was)|[,:])?\s+"
    rb"((?:[a-z0-9]+[_-]){1,6}[0-9]+|(?:[0-9]+[_-])(?:[a-z0-9]+[_-]){0,6}[a-z]+)\b",
    needs=("wi wifi ssid network", "key"),
)
_TOKEN = re.compile(
    r"(?<![\w@./:#-])(?=[a-z0-9_#$!%&*+.-]*[a-z]{3})(?=[a-z0-9_#$!%&*+.-]*[0-9#$!%&*_])[a-z][a-z0-9_#$!%&*+-]*"
    r"(?:\.[a-z0-9_#$!%&*+-]+)*[a-z0-9#$!%&*]@?(?![\w@:/-])",
    re.ASCII,
)
_SHORTEST = 6
_TURNS = 3
_REACH = 320
_NO_SECRETS = re.compile(
    r"[a-z]+[!*%]+|[a-z]+(?:-[a-z]+)+!?|(?:windows|office|covid|iphone|galaxy|version)-?[0-9]+|"
    r"(?:(?:bad|wrong|invalid|expired|missing|unknown|incorrect|failed|no|old|weak|locked)_)+(?:password|passwd|user|username|login|"
    r"credentials?|token|account|session|otp)(?:_[a-z]+)?",
    re.ASCII,
)

_SECRET = finding(
    Label.PASSWORD, "secret-token", "letters with digits or signs where a password is spoken of", 0.7, "context"
)
_ANNOUNCED = finding(
    Label.PASSWORD, "secret-right-behind", "a word with signs right behind what announces a password", 0.9, "context"
)
_HANDLE = finding(
    Label.USERNAME, "user-token", "letters with digits or signs where a user name is spoken of", 0.7, "context"
)
NEEDS = Group(_AT_HANDLE, _CALLED, _SPOKEN_OF, _RIGHT_BEHIND, _OF_NETWORK)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the tokens close behind the words that announce credentials."""
    text, taken = transcript.folded, -1
    for pattern in (_AT_HANDLE, _CALLED):
        for match in pattern.finditer(transcript.octets):
            yield Claim((match.span(1),), _HANDLE)
    for match in _RIGHT_BEHIND.finditer(transcript.octets):
        said = match[1].decode("ascii")
        if _SIGNED.fullmatch(said) and not _MAILBOX.fullmatch(said):
            yield Claim((match.span(1),), _ANNOUNCED)
    for match in _OF_NETWORK.finditer(transcript.octets):
        yield Claim((match.span(1),), _SECRET)
    for match in _SPOKEN_OF.finditer(transcript.octets):
        turn = transcript.turn_at(match.start())
        last = min(turn + _TURNS, len(transcript.stretches) - 1)
        limit = min(
            transcript.stretches[last].end,
            transcript.document_end(transcript.stretches[turn].document),
            match.end() + _REACH,
        )
        for token in _TOKEN.finditer(text, max(match.end(), taken), limit):
            if token.end() - token.start() >= _SHORTEST and not _NO_SECRETS.fullmatch(token[0]):
                taken = token.end()
                yield Claim((token.span(),), _SECRET if match[1] else _HANDLE)
