"""The ways in which people say numbers, letters, dates, addresses of mail, and how a recognizer writes them down.

Every function takes the source of randomness first and returns words. Sayings of long numbers come as groups, so that
a conversation can break off between two of them.
"""

from random import Random

UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth",
    "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
NATO = (
    "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima", "mike",
    "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "x-ray",
    "yankee", "zulu",
)  # fmt: skip
PLAIN = (
    "apple", "boy", "cat", "dog", "edward", "frank", "george", "henry", "ice", "john", "king", "larry", "mary", "nancy",
    "ocean", "peter", "queen", "robert", "sam", "tom", "uncle", "victor", "william", "x-ray", "yellow", "zebra",
)  # fmt: skip
FILLERS = ("uh", "um", "then", "and then", "let me see", "hang on", "okay", "and", "er", "dash")
REPAIRS = ("no sorry", "sorry", "wait", "no wait", "i mean", "scratch that", "correction", "excuse me", "make that")


def below_hundred(value: int) -> str:
    """Return "forty two" for 42."""
    if value < 10:
        return UNITS[value]
    if value < 20:
        return TEENS[value - 10]
    return (TENS[value // 10] + (f" {UNITS[value % 10]}" if value % 10 else "")).strip()


def cardinal(value: int, conjunction: str = "") -> str:
    """Return a number below a million as a quantity: "four thousand one hundred eleven"."""
    if value < 100:
        return below_hundred(value)
    if value < 1000:
        rest = value % 100
        return f"{UNITS[value // 100]} hundred" + (f"{conjunction} {below_hundred(rest)}" if rest else "")
    rest = value % 1000
    return f"{cardinal(value // 1000)} thousand" + (f" {cardinal(rest, conjunction)}" if rest else "")


def year(random: Random, value: int) -> str:
    """Return a year as it is said: "nineteen eighty four", "two thousand and four", "twenty eleven", "oh four"."""
    century, rest = divmod(value, 100)
    if century == 20 and rest < 10:
        said = "two thousand" + (random.choice([" ", " and "]) + UNITS[rest] if rest else "")
        return random.choice([said, said, f"twenty oh {UNITS[rest]}" if rest else said])
    if century == 20:
        return random.choice([f"twenty {below_hundred(rest)}", f"two thousand {below_hundred(rest)}"])
    if rest == 0:
        return "nineteen hundred"
    if rest < 10:
        return f"nineteen oh {UNITS[rest]}"
    return random.choice([f"nineteen {below_hundred(rest)}"] * 3 + [f"nineteen hundred and {below_hundred(rest)}"])


def one_by_one(random: Random, digits: str, *, doubles: float = 0.0) -> str:
    """Return single digits, with "double" and "triple" for that share of the repetitions."""
    zero = random.choice(["zero", "oh", "oh", "o"])
    words: list[str] = []
    at = 0
    while at < len(digits):
        run = len(digits) - at - len(digits[at:].lstrip(digits[at]))
        word = zero if digits[at] == "0" else UNITS[int(digits[at])]
        if run >= 2 and random.random() < doubles:
            many = 3 if run >= 3 and random.random() < 0.7 else 2
            words.append(f"{'triple' if many == 3 else 'double'} {word}")
            at += many
        else:
            words.append(word)
            at += 1
    return " ".join(words)


def in_pairs(random: Random, digits: str) -> str:
    """Return "forty one eleven" for 4111; an odd digit comes first."""
    words = [one_by_one(random, digits[0])] if len(digits) % 2 else []
    rest = digits[len(digits) % 2 :]
    for at in range(0, len(rest), 2):
        pair = rest[at : at + 2]
        words.append(one_by_one(random, pair) if pair[0] == "0" else below_hundred(int(pair)))
    return " ".join(words)


def group(random: Random, digits: str) -> str:  # noqa: PLR0911 - one way after the other
    """Return one group of digits in any of the ways in which people say it."""
    roll = random.random()
    if len(digits) == 4 and digits[0] != "0":
        if digits.endswith("000"):
            return f"{UNITS[int(digits[0])]} thousand"
        if digits.endswith("00") and roll < 0.7:
            return f"{below_hundred(int(digits[:2]))} hundred"
        if roll < 0.03:
            return cardinal(int(digits))
    if len(digits) == 3 and digits[0] != "0" and digits.endswith("00") and roll < 0.6:
        return f"{UNITS[int(digits[0])]} hundred"
    if len(digits) == 3 and digits[0] != "0" and 0.6 < roll < 0.66:
        return random.choice([cardinal(int(digits)), f"{UNITS[int(digits[0])]} {in_pairs(random, digits[1:])}"])
    if 0.66 < roll < 0.78:
        return in_pairs(random, digits)
    return one_by_one(random, digits, doubles=0.5)


def digits_said(random: Random, groups: list[str]) -> list[str]:
    """Return a long number as the groups in which it is said: with one habit throughout, or a new one each group."""
    roll = random.random()
    if roll < 0.40:
        doubles = random.choice([0.0, 0.0, 1.0, 0.5])
        said = [one_by_one(random, part, doubles=doubles) for part in groups]
    elif roll < 0.55:
        said = [in_pairs(random, part) for part in groups]
    elif roll < 0.67:
        said = [part if random.random() < 0.6 else one_by_one(random, part) for part in groups]
    elif roll < 0.72:
        said = list(groups)
    else:
        said = [group(random, part) for part in groups]
    if random.random() < 0.25:
        at = random.randrange(len(said))
        said[at] = _repaired(random, groups[at], said[at])
    return said


def _repaired(random: Random, digits: str, said: str) -> str:
    """Return the group said wrongly first, or begun twice."""
    if random.random() < 0.5 and len(digits) > 1:
        begun = one_by_one(random, digits[: random.randint(1, len(digits) - 1)])
        return f"{begun} {random.choice(FILLERS)} {said}"
    at = random.randrange(len(digits))
    wrong = digits[:at] + str((int(digits[at]) + random.randint(1, 9)) % 10) + digits[at + 1 :]
    return f"{one_by_one(random, wrong)} {random.choice(REPAIRS)} {one_by_one(random, digits)}"


def letter(random: Random, character: str) -> str:
    """Return a letter, sometimes with the word that tells it from others."""
    place = ord(character.lower()[0]) - ord("a")  # "\u0130" becomes two
    roll = random.random()
    if roll < 0.65 or not 0 <= place < 26:
        return character.lower()
    if roll < 0.75:
        return NATO[place]
    word = random.choice([NATO[place], PLAIN[place], PLAIN[place]])
    return f"{character.lower()} {random.choice(['as in', 'as in', 'like', 'for', 'as in the word'])} {word}"


def spelled(random: Random, word: str) -> str:
    """Return a name letter by letter, all of it plain or with "as in" here and there."""
    if random.random() < 0.5:
        return " ".join(word.lower())
    return " ".join(letter(random, character) for character in word if character.isalpha())


def code(random: Random, value: str) -> list[str]:
    """Return a code of letters and digits as groups of words: letters apart, digits as numbers are said."""
    parts: list[str] = []
    run = ""
    for character in f"{value} ":
        if character.isdigit():
            run += character
            continue
        if run:
            parts += [group(random, run[at : at + 4]) for at in range(0, len(run), 4)]
            run = ""
        if character.isalpha():
            parts.append(letter(random, character))
        elif character in "-/":
            parts.append(random.choice(["dash", "dash", "hyphen", ""]) if character == "-" else "slash")
    return [part for part in parts if part]


def day(random: Random, number: int) -> str:
    """Return the day of a month as an ordinal, seldom as a number."""
    return ORDINALS[number - 1] if random.random() < 0.9 else below_hundred(number)


def date(random: Random, when: tuple[int, int, int], *, with_year: bool = True) -> str:
    """Return (year, month, day) in one of the orders in which dates are said."""
    whole, month, number = when
    short = year(random, whole)
    if random.random() < 0.2 and whole % 100 >= 10:
        short = below_hundred(whole % 100)
    named = MONTHS[month - 1]
    if not with_year:
        return random.choice(
            [f"{named} {day(random, number)}"] * 3
            + [f"the {day(random, number)} of {named}", f"{named} the {day(random, number)}"]
        )
    figures = random.choice(
        [
            f"{below_hundred(month)} {below_hundred(number)} {short}",
            f"{one_by_one(random, f'{month:02}')} {one_by_one(random, f'{number:02}')} {short}",
            f"{below_hundred(month)} slash {below_hundred(number)} slash {short}",
            f"{one_by_one(random, f'{month:02}{number:02}{whole}')}",
            f"{below_hundred(month)} {random.choice(['dash', 'of', ''])} {below_hundred(number)} {short}",
        ]
    )
    return random.choice(
        [
            f"{named} {day(random, number)} {short}",
            f"{named} {day(random, number)} {short}",
            f"{named} the {day(random, number)} {short}",
            f"the {day(random, number)} of {named} {short}",
            f"{day(random, number)} {named} {short}",
            f"{year(random, whole)} {named} {day(random, number)}",
            figures,
            figures,
        ]
    )


def mail(random: Random, address: str) -> str:
    """Return an e-mail address as it is dictated."""
    local, _, domain = address.partition("@")
    words: list[str] = []
    run = ""
    for character in f"{local} ":
        if character.isalpha():
            run += character
            continue
        if run:
            words.append(spelled(random, run) if len(run) < 3 or random.random() < 0.15 else run)
            run = ""
        if character.isdigit():
            words.append(UNITS[int(character)])
        elif character != " ":
            words.append({".": "dot", "_": "underscore", "-": random.choice(["dash", "hyphen"])}[character])
    said = " ".join(words)
    if random.random() < 0.12:
        said += " all lower case"
    host = " dot ".join(
        " ".join(part) if part in {"org", "net", "edu"} and random.random() < 0.1 else part
        for part in domain.split(".")
    )
    return f"{said} at {host}"
