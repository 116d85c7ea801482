"""What digits tell by themselves, where nothing was said of them: how they are grouped, and how they were read."""

from collections.abc import Sequence
from itertools import pairwise

from privity.redact import checks
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.numbers.cards import Judged
from privity.redact.reading.numerals import Group, digits_of, exactly

FEWEST_EVIDENT = 7  # digits that are something by themselves
_CARD_GROUPS = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 6, 4)})
_ZIP_AND_FOUR = [5, 4]
_LONG = 10
_RECORD = range(12, 21)  # written digits that are no amount and no time


def evident(groups: Sequence[Group], at: int) -> Judged | None:
    """Judge by the digits alone: a grouping like 3-2-4, an assigned area code, many digits read aloud."""
    whole = digits_of(groups, at)
    spoken = any(group.spoken for group in groups[at:])
    if len(whole) < FEWEST_EVIDENT or (at and groups[at].gap in {"", "-"} and not spoken):
        return None  # too few, or the tail of a run that nothing explained
    sizes = tuple(len(group.digits) for group in groups[at:])
    if sizes in _CARD_GROUPS and not spoken and "2" <= whole[0] <= "6":
        why = f"{len(whole)} digits grouped as on a card, the Luhn check fails"
        return len(groups), finding(Label.CARD, "card-form", why, 0.75, "digits", "", "the Luhn check fails")
    for length in (11, 10):
        after = exactly(groups, at, length)
        if (
            after
            and checks.nanp(digits_of(groups, at, after))
            and (spoken or after == len(groups) or groups[after].gap == ",")
        ):
            why = f"{length} {'spoken ' if spoken else ''}digits, area and exchange ok"
            return after, finding(Label.PHONE, "phone-form", why, 0.7, "digits", "", "area and exchange ok")
    read = _is_read_out(groups[at:]) if spoken else _is_digit_by_digit(groups[at:])
    if read:
        why = f"{len(whole)} spoken digits without a harmless cue"
        return len(groups), finding(Label.ID, "spoken-number", why, 0.5, "digits")
    return None if spoken else _written(groups, at, len(whole))


def _written(groups: Sequence[Group], at: int, size: int) -> Judged | None:
    """Judge figures by how many they are and how they are grouped."""
    sizes = [len(group.digits) for group in groups[at:]]
    if size in _RECORD and (len(set(sizes)) == 1 or sizes[0] >= FEWEST_EVIDENT):
        found = finding(Label.ID, "long-number", f"{size} digits without a harmless cue", 0.5, "digits")
        return len(groups), found
    if sizes == _ZIP_AND_FOUR and groups[at + 1].gap == "-":
        return len(groups), finding(Label.ZIP, "zip-and-four", "five digits and four, as in ZIP+4", 0.6, "digits")
    if not _grouped_like_a_phone(groups[at:]):
        return None
    found = finding(Label.PHONE, "grouped-digits", f"{size} digits in groups without a harmless cue", 0.5, "digits")
    return len(groups), found


def is_cardinal(groups: Sequence[Group], at: int) -> bool:
    """Whether the rest is one number in words: "my membership is three hundred eighty nine" is an amount."""
    return at + 1 == len(groups) and groups[at].spoken and len(groups[at].digits) > 1


def _is_read_out(groups: Sequence[Group]) -> bool:
    """Whether a number is read in small groups; "two hundred" and "eleven twelve and eleven sixty" are amounts."""
    scaled = any(group.spoken and _is_scaled(group.digits) for group in groups)
    single = any(len(group.digits) == 1 for group in groups)
    if sum(len(group.digits) for group in groups) >= _LONG and (single or not scaled):
        return True
    if scaled:
        return False
    return any(len(group.digits) == 1 or not group.spoken for group in groups) or all(
        group.gap in {"", "-", ","} for group in groups[1:]
    )


def _is_digit_by_digit(groups: Sequence[Group]) -> bool:
    """Whether figures stand one by one, as a recognizer writes a number that is read: "6 0 3 1 1 4 7 7 0"."""
    if any(len(group.digits) > 1 for group in groups):
        return False
    digits = [int(group.digits) for group in groups]
    return not all(after - before == 1 for before, after in pairwise(digits))


def _is_scaled(digits: str) -> bool:
    """Whether digits were said with "hundred" or "thousand", and not as a year or as "triple"."""
    return len(digits) > 2 and len(set(digits)) > 1 and not (len(digits) == 4 and digits[:2] in {"19", "20"})


def _grouped_like_a_phone(groups: Sequence[Group]) -> bool:
    """Whether written digits stand in groups like those of phone numbers elsewhere, and are no list of years."""
    sizes = [len(group.digits) for group in groups]
    if len(groups) < 2 or not 8 <= sum(sizes) <= 13 or min(sizes) < 2:
        return False
    years = all(1900 <= int(group.digits) <= 2100 for group in groups)
    return not years and all(group.gap in {"", "-"} for group in groups[1:])
