"""The trained tagger beside the rules: what it may change, what it may not, and that it can be built again."""

import sys
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from privity.redact import CALLS, Deny, Label, LooksFor, Redactor, Turn, policy_from_yaml, policy_named
from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.reading.cues import Cues
from privity.redact.reading.transcript import transcript_of_texts
from privity.redact.tagger import second_look
from privity.redact.tagger.second_look import SecondLook
from privity.redact.tagger.seen import NO_SLOT, Seen
from privity.redact.tagger.weights import HIDDEN, KINDS, Told, Weights, shipped

TOOLS = Path(__file__).resolve().parents[2] / "tools"
RULES = replace(CALLS, looks_for=LooksFor.RULES)


def constant(kind: str, plain: str = "") -> Weights:
    """Return weights that take every word for one kind, but these."""
    towards = [[9.0 if name == kind else 0.0 for name in KINDS]] + [[0.0] * len(KINDS)] * (HIDDEN - 1)
    told = Told(scale=1.0, bias=[1.0] * HIDDEN, kinds=towards, plain=plain.split())
    return Weights(np.zeros((NO_SLOT + 1, HIDDEN), np.int8), told)


def judged(text: str, kind: str, *, lets_go: bool = True, policy: str = "calls") -> tuple[set[str], set[str]]:
    """Return what rules hide of a text and what is hidden of it once a tagger takes every word for one kind."""
    redactor = Redactor(replace(policy_named(policy), looks_for=LooksFor.RULES))
    transcript = transcript_of_texts((text,))
    claims = redactor._found(transcript)
    kept, found = SecondLook(constant(kind), lets_go=lets_go).judged(transcript, Cues(transcript), claims)
    before, after = ({text[start:end] for c in some for start, end in c.parts} for some in (claims, [*kept, *found]))
    return before, after


def test_a_word_that_is_never_asked_about_is_hidden_with_the_code_that_it_is_a_piece_of() -> None:
    """Such as "x2": nobody's alone, and in the midst of a value part of it."""
    transcript = transcript_of_texts(("the label says x2 4/12 on it",))
    _, found = SecondLook(constant("date", plain="the label says x2 on it")).judged(transcript, Cues(transcript), [])
    assert {transcript.folded[start:end] for claim in found for start, end in claim.parts} == {"x2", "4/12"}


def test_a_date_behind_such_a_word_is_hidden(redactor: Redactor) -> None:
    assert "x2" in shipped().plain
    assert "4/12" not in redactor.redact_text("seen on x2 4/12, then again").text


@pytest.mark.parametrize(
    "text",
    [
        "my card is 4111 1111 1111 1111 and the code on the back is 123",
        "the social is 536-22-8741 and the routing number is 021000021",
        "the password is Sunflower77 and the mail is ann@birch.example",
        "send it to GB82 WEST 1234 5698 7654 32 or look at https://birch.example/a?b=c and 10.1.2.3",
        "the number to call me on is 212 555 0147 thank you",
        "they told me five five one oh two four seven three nine and that was it",
        "it says on the label that this is qz84417293 and then something in green",  # digits within a code
    ],
)
def test_nothing_is_let_go_that_rules_are_sure_of_or_that_is_secret_or_long(text: str) -> None:
    before, after = judged(text, "innocent")
    assert before
    assert after == before


def test_the_digits_of_all_parts_of_a_value_count() -> None:
    transcript = transcript_of_texts(("it began with 44 172 and then it went on with 90 338 after that",))
    parts = tuple((transcript.folded.index(part), transcript.folded.index(part) + 6) for part in ("44 172", "90 338"))
    claim = Claim(parts, finding(Label.ID, "spoken-number", "digits", 0.5, "digits"))
    first = [transcript.words.starts[at] < parts[1][0] for at in range(len(transcript.words.said))]
    assert list(second_look._kept(transcript, claim, first)) == [claim], "though five of its digits seem nobody's"


@pytest.mark.parametrize(
    ("label", "value", "left"),
    [
        (Label.ID, "44 172 quite plainly then 90 338", "44 172|then 90 338"),
        (Label.ID, "44 172 uh 90 338", "44 172 uh 90 338"),
        (Label.CARD, "quite 4111 1111 thanks 1111 1111", "4111 1111|1111 1111"),
        (Label.EXPIRY, "march quite twenty seven", "march|twenty seven"),
        (Label.ADDRESS, "44 quite old mill 172", "44 quite old mill 172"),
        (Label.PASSWORD, "quite plainly", "quite plainly"),
        (Label.CVV, "six nine to", "six nine to"),
        (Label.SSN, "for one two free six seven ate", "for one two free six seven ate"),
        (Label.NAME, "will may", "will may"),
        (Label.DATE, "christmas day", "christmas day"),
    ],
)
def test_plain_words_in_a_number_are_let_go_and_never_what_may_be_of_it(label: Label, value: str, left: str) -> None:
    text, start = f"it is {value} after that", len("it is ")
    transcript = transcript_of_texts((text,))
    claim = Claim(((start, start + len(value)),), finding(label, "announced-value", "why", 0.97, "context"))
    kept, found = SecondLook(constant("innocent")).judged(transcript, Cues(transcript), [claim])
    assert [text[start:end] for claim in kept for start, end in claim.parts] == left.split("|")
    assert not found


def test_what_rules_are_not_sure_of_is_let_go_where_nobody_is_meant() -> None:
    before, after = judged("we start with the bill in May and then the rest of it in June for Joy", "innocent")
    assert after < before


def test_countries_stay_hidden_where_rules_hide_them() -> None:
    before, after = judged("we went from Dresden to Germany and to Georgia with them", "innocent")
    assert before >= {"Dresden"}
    assert after == before - {"Dresden"}


def test_where_safe_harbor_is_claimed_nothing_is_let_go() -> None:
    text = "come last Tuesday or on Christmas Eve with Joy and Bill, in March or in June"
    before, after = judged(text, "innocent", lets_go=False, policy="hipaa-safe-harbor")
    assert before
    assert after == before
    safe = Redactor(policy_named("hipaa-safe-harbor"))
    rules = safe.under(replace(policy_named("hipaa-safe-harbor"), looks_for=LooksFor.RULES))
    for said in (text, "the end of March is fine, Joy said, on a Tuesday"):
        hidden = {at for span in safe.detect_text(said) for at in range(span.start, span.end)}
        assert hidden >= {at for span in rules.detect_text(said) for at in range(span.start, span.end)}


def test_what_a_policy_names_is_never_let_go() -> None:
    policy = replace(CALLS, deny=(Deny(literal="nothing at all"),))
    shown = Redactor(policy).redact_text("there is nothing at all that we can do about it today").text
    assert shown == "there is [ID] that we can do about it today"


def test_what_the_tagger_finds_is_hidden_and_says_by_what_it_was_found() -> None:
    transcript = transcript_of_texts(("well the thing went over to corvex then",))
    _, found = SecondLook(constant("name")).judged(transcript, Cues(transcript), [])
    assert found
    for claim in found:
        told = claim.finding
        assert (told.label, told.detector, told.tier) == (Label.NAME, "tagger", "learned")
        assert told.why == "a trained model takes it for a name, by the words around it"
        assert told.score == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "the order number is four four eight two one nine and it ships",  # a cue says that it is harmless
        "what is the order number\nit's four four eight two",
        "it was built in 1962 or so they told us back then",
        "we walked for 12 miles and then some more of it",
    ],
)
def test_numbers_that_words_call_harmless_are_not_found(text: str) -> None:
    transcript = transcript_of_texts((text,))
    words = "it was built in or so they told us back then we walked for miles and some more of the"
    _, found = SecondLook(constant("number", words)).judged(transcript, Cues(transcript), [])
    assert not [claim for claim in found for start, end in claim.parts if any(map(str.isdigit, text[start:end]))]


def test_a_code_is_found_whole_or_not_at_all() -> None:
    transcript = transcript_of_texts(("they wrote on it that eight r seven two one stands for blue",))
    _, found = SecondLook(constant("number")).judged(transcript, Cues(transcript), [])
    assert any("eight r seven two one" in transcript.folded[slice(*claim.parts[0])] for claim in found)


def test_few_words_and_other_languages_are_left_to_the_rules() -> None:
    for text in ("corvex again now", "mi hija se llama y vive en la casa de la esquina con su madre y su padre"):
        transcript = transcript_of_texts((text,))
        assert SecondLook(constant("name")).judged(transcript, Cues(transcript), []) == ([], [])


def test_nothing_is_seen_of_another_text(redactor: Redactor) -> None:
    texts = [
        "she called about it", "joan park", "what is your name\nA: corvex pell of the north side, as joan said",
        "A: 4 more\nB: of them, at 5 212-555-0147\nA: no 4", "smith nineteen my john", "",
    ]  # fmt: skip
    rules = redactor.under(RULES)

    def beheld(some: tuple[str, ...]) -> Seen:
        transcript = transcript_of_texts(some)
        return Seen(transcript, rules._found(transcript))

    together = beheld(tuple(texts))
    rows = together.slots(np.arange(len(together.labels)))
    alone = [one.slots(np.arange(len(one.labels))) for one in (beheld((text,)) for text in texts)]
    assert (rows == np.concatenate(alone)).all()
    assert together.labels.any()


def test_much_text_is_judged_in_pieces_with_the_same_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    transcript = transcript_of_texts(("my name is corvex pell and I live at forty two oak street in denver. " * 60,))
    look = SecondLook(shipped())
    whole = look.judged(transcript, Cues(transcript), [])
    monkeypatch.setattr("privity.redact.tagger.second_look._AT_ONCE", 7)
    assert look.judged(transcript, Cues(transcript), []) == whole
    assert whole[1]


def test_a_policy_may_go_without_the_tagger_and_still_claims_safe_harbor() -> None:
    policy = policy_from_yaml("name: by-rules\nextends: hipaa-safe-harbor\nlooks_for: rules\n")
    redactor = Redactor(policy)
    assert redactor._second_look is None
    assert redactor.statement() == Redactor(policy_named("hipaa-safe-harbor")).statement()


@pytest.mark.parametrize("policy", ["pci-dss", "logs", "limited-data-set"])
def test_where_not_everything_is_looked_for_the_tagger_does_not_judge(policy: str) -> None:
    assert Redactor(policy_named(policy))._second_look is None


def test_turns_and_texts_are_judged_alike(redactor: Redactor) -> None:
    turns = [Turn(speaker="a", text="and who shall i put down"), Turn(speaker="b", text="uh the corvex family i guess")]
    assert [turn.text for turn in redactor.redact_turns(turns).turns] == [
        line.partition(": ")[2]
        for line in redactor.redact_text("\n".join(f"{t.speaker}: {t.text}" for t in turns)).text.splitlines()
    ]


def test_the_shipped_weights_were_learned_from_the_texts_beside_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(TOOLS)
    import tagger

    rows, digest = tagger.rows()
    assert shipped().learned_from == digest
    some = rows[:300]
    first, told = tagger.trained(some, "some")
    again, told_again = tagger.trained(some, "some")
    assert (first, told) == (again, told_again)
    assert len(first) == (NO_SLOT + 1) * HIDDEN
    assert sys.modules.pop("tagger", None) is tagger
