"""What only a whole conversation tells: numbers over turns, questions and answers, names learned once, words[]."""

import re

import pytest

from privity.redact import Label, Redactor, Style, Turn, Word
from promises import promise


def said(*turns: tuple[str, str]) -> list[Turn]:
    return [Turn(speaker=speaker, text=text) for speaker, text in turns]


def shown(redactor: Redactor, *turns: tuple[str, str]) -> list[str]:
    return [turn.text for turn in redactor.redact_turns(said(*turns)).turns]


CALL = (
    ("agent", "thanks maria gonzalez, what card would you like to use"),
    ("caller", "it's four one one one"),
    ("agent", "mm-hm"),
    ("caller", "one one one one, one one one one"),
    ("agent", "yes"),
    ("caller", "one one double one"),
    ("agent", "go on"),
    ("caller", "and that's twelve twenty-nine, code one two three. I'll come at three on Tuesday"),
)


@promise("E25", sabotage="numbers_end_with_their_turn")
def test_a_card_goes_on_over_turns(redactor: Redactor) -> None:
    redacted = redactor.redact_turns(said(*CALL))
    assert [turn.text for turn in redacted.turns] == [
        "thanks [NAME], what card would you like to use",
        "it's [CARD]",
        "mm-hm",
        "",
        "yes",
        "",
        "go on",
        "and that's [EXPIRY], code [CVV]. I'll come at three on Tuesday",
    ]
    assert [finding.label for finding in redacted.findings] == [Label.NAME, Label.CARD, Label.EXPIRY, Label.CVV]
    card = redacted.findings[1]
    assert card.why == '16 spoken digits over 3 turns, Luhn ok, cue "card"'


def test_the_same_call_as_plain_text_reads_alike(redactor: Redactor) -> None:
    text = "\n".join(f"{speaker.title()}: {line}" for speaker, line in CALL)
    lines = [line.partition(":")[2].removeprefix(" ") for line in redactor.redact_text(text).text.split("\n")]
    assert lines == shown(redactor, *CALL)


def test_the_order_of_code_and_card_does_not_matter(redactor: Redactor) -> None:
    lines = shown(
        redactor,
        ("agent", "and the security code first"),
        ("caller", "seven three seven"),
        ("agent", "now the card number"),
        ("caller", "5555 5555 5555 4444 it expires 3/28"),
    )
    assert lines[1::2] == ["[CVV]", "[CARD] it expires [EXPIRY]"]


def test_a_question_types_its_answer(redactor: Redactor) -> None:
    lines = shown(
        redactor,
        ("agent", "what's your date of birth"),
        ("caller", "march third nineteen eighty"),
        ("agent", "and the best phone number"),
        ("caller", "two one two five five five oh one four seven"),
        ("agent", "the last four of your social"),
        ("caller", "six seven eight nine"),
        ("agent", "your record number"),
        ("caller", "four four eight two one nine"),
        ("agent", "which room are you in"),
        ("caller", "four four eight two"),
    )
    assert lines[1::2] == ["[DOB]", "[PHONE]", "[SSN]", "[MRN]", "four four eight two"]


def test_a_read_back_is_hidden_under_the_same_label(redactor: Redactor) -> None:
    lines = shown(
        redactor,
        ("agent", "a number to call you back"),
        ("caller", "two one two five five five oh one four seven"),
        ("agent", "and your record number"),
        ("caller", "four four eight two one nine"),
        ("agent", "so that is two one two five five five oh one four seven, thanks, your record is 448219"),
    )
    assert lines[-1] == "so that is [PHONE], thanks, your record is [MRN]"


def test_a_name_learned_once_is_hidden_everywhere_in_any_case(redactor: Redactor) -> None:
    lines = shown(
        redactor,
        ("agent", "who am i speaking with"),
        ("caller", "this is priya okafor"),
        ("agent", "hold on"),
        ("agent", "Okafor is on line two, tell PRIYA OKAFOR's doctor"),
    )
    assert lines == [
        "who am i speaking with",
        "this is [NAME]",
        "hold on",
        "[NAME] is on line two, tell [NAME]'s doctor",
    ]


def test_an_innocent_turn_between_ends_the_number(redactor: Redactor) -> None:
    lines = shown(
        redactor,
        ("agent", "a number to call you back"),
        ("caller", "two one two five five five oh one four seven"),
        ("agent", "okay and how many pills do you take of the blue ones every day then"),
        ("caller", "two five hundred milligram ones"),
    )
    assert lines[1::2] == ["[PHONE]", "two five hundred milligram ones"]


def spoken(text: str, *, at: int = 0) -> tuple[Word, ...]:
    words, start = [], 0
    for index, word in enumerate(text.split()):
        start = text.index(word, start)
        words.append(
            Word(
                text=word, start_ms=at + 300 * index, end_ms=at + 300 * index + 200, start=start, end=start + len(word)
            )
        )
        start += len(word)
    return tuple(words)


@promise("E25", sabotage="words_are_not_hidden")
def test_words_are_hidden_from_the_same_spans(redactor: Redactor) -> None:
    text = "my card is 4111 1111 1111 1111 thanks"
    (turn,) = redactor.redact_turns([Turn(speaker="a", text=text, words=spoken(text))]).turns
    assert [word.text for word in turn.words] == ["my", "card", "is", "[CARD]", "thanks"]
    assert all(turn.text[word.start : word.end] == word.text for word in turn.words)
    card = turn.words[3]
    assert (card.start_ms, card.end_ms) == (900, 2000)  # from the first to the last word of the span


def test_words_keep_their_places_when_masked(redactor: Redactor) -> None:
    text = "my card is 4111 1111 1111 1111 thanks"
    (turn,) = redactor.redact_turns([Turn(speaker="a", text=text, words=spoken(text))], Style.MASK).turns
    assert len(turn.text) == len(text)
    assert [turn.text[word.start : word.end] for word in turn.words] == [word.text for word in turn.words]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my colleagues are ann,bob-lee and they were here", "my|colleagues|are|[NAME],[NAME]|and|they|were|here"),
        ("we had Gustav Ekdahl,June 21st, 1971, in here", "we|had|[NAME],[DATE]|in|here"),
    ],
)
def test_a_word_that_two_findings_touch_hides_both(redactor: Redactor, text: str, shown: str) -> None:
    places = [found.span() for found in re.finditer(r"\S+", text)]
    words = [Word(text=text[a:b], start_ms=a * 100, end_ms=b * 100, start=a, end=b) for a, b in places]
    turn = redactor.redact_turns([Turn(speaker="a", text=text, words=tuple(words))]).turns[0]
    assert [word.text for word in turn.words] == shown.split("|")
    assert all(turn.text[word.start : word.end] == word.text for word in turn.words)
    assert turn.words[-1].end_ms == words[-1].end_ms


@promise("E25", sabotage="words_out_of_place_are_trusted")
def test_words_that_cannot_be_placed_are_all_hidden(redactor: Redactor) -> None:
    words = (Word(text="4111111111111111", start_ms=5, end_ms=9, start=0, end=16),)
    (turn,) = redactor.redact_turns([Turn(speaker="a", text="nothing to see", words=words)]).turns
    assert [(word.text.strip("*"), word.start_ms, word.end_ms) for word in turn.words] == [("", 5, 9)]


def test_repr_shows_no_plaintext() -> None:
    text = "my card is 4111"
    turn = Turn(speaker="a", text=text, words=spoken(text))
    assert "4111" not in repr(turn) + repr(turn.words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my phone is four one five um five five five zero one seven two", "my phone is [PHONE]"),
        ("the ssn is 219, okay, 09, hang on, 9999", "the ssn is [SSN], okay, "),
        ("write to m lindqvist all one word at fastmail dot com", "write to [EMAIL]"),
    ],
)
def test_hesitations_within_a_value_go_with_it_and_answers_stay(redactor: Redactor, text: str, shown: str) -> None:
    redacted = redactor.redact_text(text)
    assert redacted.text == shown
    assert len(redacted.findings) == 1


def test_a_number_word_is_never_taken_for_an_aside(redactor: Redactor) -> None:
    text = "my account number is two hundred and five oh okay one one seven and nine four"
    shown = redactor.redact_text(text).text
    assert not set(shown.split()) & {"two", "hundred", "five", "oh", "one", "seven", "nine", "four"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the card is five one nine six okay last four seven two four nine", "okay last four"),
        ("what's your phone number\nokay um four one five, five five five, oh one seven two\nthanks\nbye", "okay um"),
    ],
)
def test_what_is_said_around_the_parts_of_a_value_stays(redactor: Redactor, text: str, shown: str) -> None:
    redacted = redactor.redact_text(text).text
    assert shown in redacted
    assert not set(redacted.split()) & {"one", "two", "seven", "nine", "oh", "five", "six"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my number is 555 413 2298 so that's 555 413 2298", "my number is [PHONE] so that's [PHONE]"),
        (
            "account number please double four seven one nine so four four seven one nine yes",
            "account number please [ACCOUNT] so  yes",
        ),
        (
            "routing number six nine four six nine four seven and that's four seven at the end",
            "routing number [BANK_ACCOUNT] and that's  at the end",
        ),
        (
            "your zip code\nnine five three seven zero so that's nine five three seven oh",
            "your zip code\n[ZIP] so that's ",
        ),
        ("when does it expire\noh that's seven slash thirty one", "when does it expire\noh that's [EXPIRY]"),
        ("my phone number is 555 412 no that's 413 2298", "my phone number is [PHONE] no that's [PHONE]"),
    ],
)
def test_what_leads_to_a_repetition_stays(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_a_finding_that_stands_once_does_not_say_that_it_repeats_another(redactor: Redactor) -> None:
    [span] = redactor.detect_text("it was at 1764000000000 that they came")
    assert span.finding.why == "13 digits without a harmless cue"
    assert span.finding.detector == "long-number"


def test_an_internet_address_behind_a_birth_is_no_date(redactor: Redactor) -> None:
    assert redactor.redact_text("born 3/4/1980, ip 203.0.113.7").text == "born [DOB], ip [IP]"


@pytest.mark.parametrize("whose", ["billing provider NPI:", "practice NPI", "hospital NPI is"])
def test_the_number_of_an_organization_is_nobodys(redactor: Redactor, whose: str) -> None:
    assert redactor.redact_text(f"{whose} 1234567893").text == f"{whose} 1234567893"
    assert redactor.redact_text("her NPI is 1234567893").text == "her NPI is [LICENSE]"
