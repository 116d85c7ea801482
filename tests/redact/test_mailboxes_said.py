"""Mailboxes are hidden from their first word to their last, spelled again and in pieces; what is none of them stays."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("the email's rita dot moss at gmail dot com", "the email's [EMAIL]"),
        ("i have your email address as dora moss four at gmail dot com", "i have your email address as [EMAIL]"),
        ("A: and your email\nB: lemme see rita moss nine at aol dot com", "A: and your email\nB: lemme see [EMAIL]"),
        ("you can email receipts to rita four at mosslaw dot org", "you can email receipts to [EMAIL]"),
        ("is that r m o s s at gmail dot com", "is that [EMAIL]"),
        ("A: and your email\nB: you ready tiger pixel nine at aol dot com", "A: and your email\nB: you ready [EMAIL]"),
        ("my email is dora moss at w w w dot gmail dot com", "my email is [EMAIL]"),
        ("i'm at w w w dot fernwood dot org slash start", "i'm at [EMAIL]"),
        ("he just nodded at me and left", "he just nodded at me and left"),
        ("it's listed at fernwood dot org", "it's listed at [URL]"),
        ("You can do this at fernwood.com.", "You can do this at [URL]."),
    ],
)
def test_what_stands_before_a_mailbox_stays(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("it's rmoss42@aol.com, the first part is R M O S S 4 2", "it's [EMAIL], the first part is [EMAIL]"),
        ("it's rosa94 at aol.com, that's r o s a nine four okay", "it's [EMAIL], that's [EMAIL] okay"),
        (
            "A: email\nB: rita moss one two at aol dot com, i'll spell it r i t a m o s s one two",
            "A: email\nB: [EMAIL], i'll spell it [EMAIL]",
        ),
        ("it's rosa94@aol.com, do you see the p d f i sent", "it's [EMAIL], do you see the p d f i sent"),
        (
            "A: and your email\nB: it's tiger moss 15\nA: at?\nB: at proton dot me",
            "A: and your email\nB: it's [EMAIL]\nA: at?\nB: ",
        ),
        (
            "A: and your email\nB: R moss\nA: mm hmm\nB: outlook dot com",
            "A: and your email\nB: [EMAIL]\nA: mm hmm\nB: ",
        ),
        ("and we have tiger moss 935 at aol dot com", "and we have [EMAIL]"),
        ("rita moss sixty eight add icloud dot com", "[EMAIL]"),
        (
            "A: what's your email\nB: why do you ask\nA: okay\nB: moss dot com",
            "A: what's your email\nB: why do you ask\nA: okay\nB: [URL]",
        ),
        ("he yelled at me dot dot dot", "he yelled at me dot dot dot"),
        ("i've worked at verizon for years", "i've worked at verizon for years"),
        ("please add gmail dot com to the list", "please add [URL] to the list"),
    ],
)
def test_a_mailbox_is_known_again_and_in_pieces(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown
