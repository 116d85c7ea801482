"""Short texts whose repetition is bad for patterns: digits, cues, half addresses, brackets, tricks of Unicode."""

from random import Random

SHAPES = (
    "7", "1 ", "1-", "1.", "1/", "1:", "4111 ", "4111-1111 ", "4111111111111111 ", "123-45-6789 ", "+1 ", "(212) ",
    "212-555-0147 ", "one ", "one one one one\n", "double ", "double four ", "triple ", "twenty ", "hundred ",
    "twenty two hundred ", "thousand and ", "no sorry one ", "uh one ", "oh ", "first of ", "march ",
    "march third nineteen ", "3/4/", "b as in ", "b as in boy ", "a b c ", "dot ", "at ", "x dot y at ",
    "underscore ", "a@", "a@b.", "a.a@a.a ", "http://", "http://a.", "www.", "://", "john ", "John Smith ",
    "John Smith, ", "Smith-", "O'", "Dr. ", "my name is ", "this is john ", "street ", "12 oak street ",
    "12 oak street apt ", "p o box ", "Denver, CO ", "DE89 3704 ", "GB", "1HGCM82633A004352", "password: ",
    "password ", "AKIA", "eyJ", "card ", "what is your card number\n", "Agent: one\nCaller: mm hm\n", "Agent: \n",
    "A: john\nB: ", "[00:12] ", "room 1 ", "$1,", "1,", ",", ".", "-", "_", "=", "/", "\\", '"', "'", "(", "[", "{",
    "<", "<a href=", "&amp;", "%B4111", ";4111=", "^", "|", "\t", "\n", "\r\n", "\x00", " ", "a", "A", "f0", "Zz9",
    "\u200b", "1\u200b", "\u202e1", "\u2066a\u2069", "\ufeff", "e\u0301", "1\u0301", "\u0301", "\ud800", "1\udfff",
    "\uff11", "\u0661", "\U0001d7dc", "\u0430", "\u0391l", "\U0001f468\u200d\U0001f469\u200d", "\u00ad1", "\u2028",
    "\u3000", "\u00e9", "\u5f20\u4f1f ", "\u0645\u062d\u0645\u062f ", "\u1e9e", "\ufdfa", "\u0130",
    "password: john 4111 ", "vin ", "password=", "login='", "user=", "12-34-", "a1-", "ab-12/", "1/a ", "HM-", "#1 ",
    "ticket ", "ref 1", "case no. ", "the last four of ", "extension ", "door code ", "wifi ", "user/1", "key-",
    "id=a1,",
    "agent: a caller: ", "[00:12] a ", "Jan ", "3 Mar ", "the 3rd to the ", "Mon 3/4 ", "aged 4 ", "eircode ", "D02 ",
    "flat 1, ", "floor 2 ", "corner of ", "next to oak ", "the oaks, ", "oak, ", "with mary and ", "mary said ",
    "Mr. ", "Court ", "SMITH, ", "a, b, ", "1 2 no wait ", "sorry ", "is that ", "did you say four ", "zero zero ",
    "v1.", "0x1f ", "ha", "\u4e2d", "\u0e01",
)  # fmt: skip


def mixed(seed: int, count: int) -> list[str]:
    """Return shapes put together of two to five others."""
    random = Random(seed)  # noqa: S311 - made-up text
    return ["".join(random.choices(SHAPES, k=random.randint(2, 5))) for _ in range(count)]
