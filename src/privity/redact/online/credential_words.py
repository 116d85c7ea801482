"""The words around passwords and user names: what announces one, what leads up to it, and what is none itself."""

import re
from typing import Final

from privity.redact.reading.triggers import Triggered

ANNOUNCED: Final = Triggered(
    rb"\b(?:(pass\s?words?|pass\s?code|pass\s?phrase|(?:secret|memorable)\s+word|security\s+(?:word|answer|phrase|question)|code\s*word|(?:safe|alarm)\s+word|"
    rb"recovery\s+(?:key|code|phrase)|backup\s+(?:code|phrase)|(?:gate|door|alarm|entry|keypad|lockbox|lock\s+box|access|garage|building|safe|locker|"
    rb"voice\s?mail|meeting|zoom|unlock|disarm|buzz(?:er)?)\s+(?:code|pin|combo)|((?:the|your|my|our|her|his|a)\s+(?:(?:alarm|keypad|lockbox|lock\s+box|combo|gate)|code(?:\s+(?:on|for|to|of|at)\s+(?:the|my|your|our)\s+\w+|\s+for\s+it)?)(?:'s|\s+is))|"
    rb"there\s+a\s+(?:code|pin)|say\s+the,?\s+(?:the\s+)?word,?|the\s+word(?:\s+is|\s+was|\s+it's|'s)|combination|verbal\s+password|network\s+key|wi\s?fi\s+key)|"
    rb"(?:log(?:ged|ging)?\s?in|sign(?:ed|ing)?\s+in|logg(?:ed|ing)\s+on|log\s+on)\s+(?:as|under)|online\s+i\s?d|gamer\s?tag|skype\s+(?:name|i\s?d)|(?:twitter|instagram|insta|tiktok|discord|the)\s+handle|"
    rb"user\s?names?(?:\s+(?:for|on|to|with)\s+(?:\w+\s+){0,2}(?:banking|account|portal|website|site|app|profile))?|"
    rb"user\s+i\s?d|(?:your|the|a|my|her|his|old|new)\s+log[\s-]?in(?:\s+(?:name|i\s?d))?|log[\s-]?in\s+(?:name|i\s?d|is)|screen\s+name|"
    rb"your\s+handle|my\s+handle|sign\s?in\s+name|"
    rb"(?:instagram|insta|tik\s?tok|snap\s?chat|twitter|discord|telegram|venmo|cash\s?app|twitch|reddit)\s+(?:as|is|under)|"
    rb"(?:my|his|her|their|the)\s+profile(?:\s+name)?(?:\s+is|\s+was|'s))"
    rb"(?:\s+(?:for|on)\s+(?:\w+\s+){0,2}(?:account|file|profile|portal|app|site|website|platform|membership|record|router|wi\s?fi))?"
    rb"(?:\s+(?:are|were|do|did|have)\s+you\s+(?:been\s+)?(?:us(?:e|ing)|typ(?:e|ing)|enter(?:ing)?|try(?:ing)?|put(?:ting)?|have|"
    rb"(?:sign|log)\s+in|(?:sign|logg)ing\s+in)(?:\s+in)?(?:\s+with)?(?:\s+(?:for|on)\s+(?:\w+\s+){0,2}(?:account|portal|app|site|website|router|wi\s?fi))?)?"
    rb"(?:\s+(?:can|could|would|will)\s+you\s+(?:please\s+)?(?:tell|give|say|confirm|read)\s+(?:me\s+)?(?:what\s+(?:it|that)\s+(?:is|was)|it|that)"
    rb"(?:\s+(?:to|for)\s+me)?(?:\s+please)?|[.,?!]?\s+(?:and\s+)?what(?:'s|\s+is|\s+was)\s+(?:it|that))?\b",
    needs=(
        (
            "pass* secret memorable security code* safe recovery backup gate door alarm entry keypad lockbox lock "
            "access garage building locker voice voicemail meeting zoom unlock disarm buzz buzzer combo pin word "
            "combination verbal network wi wifi log logged logging login loggedin sign signed signing signin online "
            "gamer gamertag skype handle user username usernames screen instagram insta tik tiktok snap snapchat "
            "twitter discord telegram venmo cash cashapp twitch reddit profile"
        ),
    ),
)
ASKS: Final = re.compile(
    r"\b(?:what's|what is|what was|what|give me|tell me|confirm|verify|say|have|need|remember|know|can i get|is|"
    r"could i get|may i have|which|choose|pick|and the|and your|your|spell|the)\s+(?:\w+\s+){0,3}$",
    re.ASCII,
)
SAYS: Final = re.compile(r"(?:\s+(?:is|was|will be|should be)|'s)\s", re.ASCII)
UNDER: Final = re.compile(r"\b(?:as|under)$", re.ASCII)
FORBIDS: Final = re.compile(r"\b(?:don't|do not|never|not)\s+(?:\w+\s+){0,5}$", re.ASCII)
GIVES: Final = re.compile(r"(?:\b(?:as|under)|'s|\bis|\bwas)$", re.ASCII)
FIELD: Final = re.compile(
    r"\s*(?:(?:and|the|your|a|okay|ok|uh|um|great|then|now|alright|thanks|perfect|got|it|full)\s+)*$", re.ASCII
)
SURE_SIGNS: Final = re.compile(
    r"(?:exclamation (?:point|mark)|exclamation|dollar sign|hash ?tag|hash sign|pound sign|at sign|percent sign|"
    r"ampersand|asterisk|question mark|underscore|backslash|semicolon|star sign|plus sign|equals sign|open paren|"
    r"close paren|tilde|caret)\b",
    re.ASCII,
)
SIGNS: Final = frozenset(
    {
        "dash", "hyphen", "dot", "period", "star", "pound", "comma", "space", "plus", "colon", "hash", "bang",
        "slash", "equals",
    }
)  # fmt: skip
CASES: Final = frozenset({"capital", "cap", "caps", "uppercase", "lowercase", "upper", "lower"})
JOINS: Final = frozenset(
    {"then", "and", "with", "a", "an", "the", "number", "letter", "uh", "um", "case", "as", "in", "like", "word"}
)
OPENS: Final = frozenset(
    {
        "is", "it's", "its", "was", "that's", "be", "the", "my", "i", "thought", "think", "believe", "so",
        "yours", "should", "would", "it", "says", "welcome", "use", "mine", "just", "it'll", "it'd", "to",
        "called", "still", "uh", "um", "er", "okay", "ok", "yes", "yeah", "yep", "right", "sure", "and",
        "sorry", "no", "wait", "actually", "oh", "alright", "please", "said", "say", "told", "him", "them", "tell",
        "as", "under", "put", "type", "set", "changed", "try", "hm", "hmm", "well", "you", "know", "i'm", "typing",
        "got", "maybe", "perhaps", "entering", "using", "uses", "putting", "let", "me", "see",
    }
)  # fmt: skip
CLOSES: Final = frozenset(
    {
        "got", "gotcha", "hold", "hang", "perfect", "great", "excellent", "wonderful", "awesome", "fantastic", "lovely",
        "brilliant", "thank", "thanks", "cheers", "since", "cool", "nice", "sounds", "please", "exactly", "correct",
        "good", "fine", "gonna", "wanna", "write", "remember", "works", "terrific", "beautiful",
    }
)  # fmt: skip
"""What is said behind a secret, unless the secret goes on."""

USED: Final = re.compile(
    r"[.,]?\s(?:just\s+(?:say|tell|give|type|use|put|enter)|say\s+that|tell\s+(?:them|him|her)|(?:she|he|they|we|i)\s+uses?|"
    r"with\s+that\s+exact|for\s+everything|it's\s+(?:his|her|my|our|their)|that's\s+(?:his|her|my|our|their)|"
    r"(?:if|when)\s+(?:anybody|anyone|somebody|someone|they|he|she)|in\s+case|"
    r"maybe|probably|i\s+(?:think|guess|believe))\b",
    re.ASCII,
)
"""What is said of a secret right behind it."""

DEMANDS: Final = frozenset(
    {"characters", "character", "letters", "least", "symbol", "symbols", "special", "minimum", "ending", "card"}
)
FIELDS: Final = DEMANDS | frozenset(
    {
        "reset", "expired", "hint", "manager", "wrong", "incorrect", "address", "street", "name", "number", "phone",
        "email", "account", "date", "zip", "invalid", "locked", "denied", "blank", "empty", "same", "required",
        "correct", "right", "changed", "something", "anything", "written", "different",
    }
)  # fmt: skip
NEVER: Final = FIELDS | frozenset(
    {
        "optional", "usual", "soon", "needed", "well", "yesterday", "today", "tomorrow", "recently", "fine",
        "good", "working", "ready", "temporary", "strong", "weak", "long", "short", "simple", "easy", "hard", "case",
        "sensitive", "problem", "anymore", "again", "me", "going", "gone", "off", "on", "open", "broken", "down",
        "minutes", "here", "there", "below", "above", "usually", "probably", "maybe", "none", "nothing",
        "days", "sent", "texted", "emailed", "mailed", "more", "time", "times", "slowly",
    }
)  # fmt: skip
NOT_SECRET: Final = frozenset(
    {"too", "not", "very", "really", "already", "always", "never", "don't", "doesn't", "didn't", "won't", "can't"}
)
NUMBERED: Final = frozenset(
    {
        "press", "dial", "hit", "page", "line", "step", "room", "question", "number", "option", "section", "costs",
        "cost", "paid", "pay", "item", "chapter", "verse", "plan", "about", "age", "aged", "since", "until", "till",
        "from", "extension", "version", "windows", "chrome", "firefox", "safari", "office", "iphone", "android",
        "channel", "level", "apartment", "floor", "once", "twice",
    }
)  # fmt: skip
"""What stands before numbers and is no part of a password."""
NO_VALUES: Final = NEVER | NOT_SECRET
"""What is said of a secret and is none."""
