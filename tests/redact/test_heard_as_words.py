"""Digits that were heard as ordinary words are hidden with their number; the same words in other talk stay readable."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my number is four one three five five five two sex nine oh", "my number is [PHONE]"),
        ("my number is four one free five five five two one nine oh", "my number is [PHONE]"),
        ("my number is four one three five five five two one nine mine", "my number is [PHONE]"),
        (
            "my number is four one three five five five two one nine for if you need it",
            "my number is [PHONE] if you need it",
        ),
        ("my number is four one three five five five two triple for okay", "my number is [PHONE] okay"),
        (
            "what's your phone number\nfor one three five five five two one nine oh\nthanks\nokay",
            "what's your phone number\n[PHONE]\nthanks\nokay",
        ),
        ("the last four of my social are eight tree oh sax", "the last four of my social are [SSN]"),
        ("your zip code\nfree oh two one nine\nthanks", "your zip code\n[ZIP]\nthanks"),
        ("the three digits on the back\nit's to five one\nthanks", "the three digits on the back\nit's [CVV]\nthanks"),
        ("your phone\nnine two nine\nto double one\n0543", "your phone\n[PHONE]\n\n"),
        ("account number please\none oh to four seven mine nine three", "account number please\n[ACCOUNT]"),
    ],
)
def test_a_digit_that_was_heard_as_a_word_goes(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "my number is five five five four one three two two nine eight for now",
        "we're open from nine to five on weekdays and ten to two on sundays",
        "buy two get one free with your card",
        "how late are you there\nwe're here from nine\nto five thirty\nokay",
        "it's free two day shipping on your account",
        "is the number mine or his",
        "i need two for the card holder and three for me",
        "sex male age forty",
        "turn left at the tree two blocks down",
    ],
)
def test_ordinary_words_beside_numbers_stay(redactor: Redactor, text: str) -> None:
    shown = redactor.redact_text(text).text
    for word in ("to", "for", "free", "mine", "sex", "tree"):
        assert f" {word} ".strip() in shown.split() or word not in text.split()
