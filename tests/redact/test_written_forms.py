"""Policies that look for written forms alone: what they find, what they leave, and that they claim nothing."""

import pytest

from privity.redact import Allow, Deny, Label, LooksFor, Policy, Redactor, Turn, policy_from_yaml
from privity.redact.policies.policy import Claims

POLICY = Policy(name="forms", hides=frozenset(Label), looks_for=LooksFor.WRITTEN_FORMS)


@pytest.fixture(scope="module")
def forms() -> Redactor:
    return Redactor(POLICY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mail ann.lee@clinic.example, or 212-555-0147", "mail [EMAIL], or [PHONE]"),
        ("mail ann_l (at) clinic (dot) example.org or b.lee[at]mail.example.com", "mail [EMAIL] or [EMAIL]"),
        ("meet us (at) home, see notes [at] end", "meet us (at) home, see notes [at] end"),
        ("ssn 123-45-6789 from 10.20.30.44", "ssn [SSN] from [IP]"),
        ("no. 12 4111 1111 1111 1111 7 days", "no. 12 [CARD] 7 days"),
        ("4111-1111-1111-1111/5500.0000.0000.0004", "[CARD]/[CARD]"),
        ("see https://clinic.example/p/77 now", "see [URL] now"),
        ("DE89 3704 0044 0532 0130 00 paid", "[IBAN] paid"),
        ("key=sk_live_4eC39HqLyjWDarjtT1", "key=[PASSWORD]"),
        ("\uff14\uff11\uff11\uff11 1111 1111 1111", "[CARD]"),
        ("4111\u200b1111\u200b1111\u200b1111", "[CARD]"),
        ("jos\u00e9@caf\u00e9.example", "[EMAIL]"),
    ],
)
def test_written_forms_are_hidden(forms: Redactor, text: str, shown: str) -> None:
    assert forms.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "my name is Maria Lopez and I live in Denver since May 4",
        "my card is four one one one one one one one one one one one one one one one",
        "order 4111 1111 1111 1112 has 12 of 40",
        "account 88213 is open",
    ],
)
def test_nothing_else_is(forms: Redactor, text: str) -> None:
    assert forms.redact_text(text).text == text


def test_texts_in_one_call_and_turns_are_judged_alike(forms: Redactor) -> None:
    texts = ["call 212-555-0147", "4111 1111", "1111 1111", "a@b.example", ""]
    together = [redacted.text for redacted in forms.redact_texts(texts)]
    assert together == [forms.redact_text(text).text for text in texts] == ["call [PHONE]", *texts[1:3], "[EMAIL]", ""]
    turns = forms.redact_turns([Turn(speaker="a", text=text) for text in texts])
    assert [turn.text for turn in turns.turns] == together


def test_rules_of_the_policy_apply_and_cards_are_never_let_through() -> None:
    policy = POLICY.overridden(
        allow=[Allow(literal="desk@clinic.example"), Allow(pattern="[0-9 ]+")], deny=[Deny(literal="Falcon")]
    )
    shown = Redactor(policy).redact_text("desk@clinic.example, ann@clinic.example, falcon, 4111 1111 1111 1111").text
    assert shown == "desk@clinic.example, [EMAIL], [ID], [CARD]"


def test_only_what_the_policy_hides_is_hidden() -> None:
    redactor = Redactor(Policy(name="mail", hides=frozenset({Label.EMAIL}), looks_for=LooksFor.WRITTEN_FORMS))
    assert redactor.redact_text("a@b.example 4111 1111 1111 1111").text == "[EMAIL] 4111 1111 1111 1111"
    everything = redactor.under(Policy(name="all", hides=frozenset(Label)))
    assert everything.redact_text("my name is Maria Lopez").text == "my name is [NAME]"
    assert everything.under(POLICY).redact_text("my name is Maria Lopez").text == "my name is Maria Lopez"


def test_it_is_never_called_safe_harbor() -> None:
    policy = policy_from_yaml("name: quick\nextends: hipaa-safe-harbor\nlooks_for: written-forms\n")
    assert policy.claims is Claims.SAFE_HARBOR
    said = Redactor(policy).statement()
    assert said.startswith("Not Safe Harbor: not looked for: (A) names, (B) geography")


def test_a_form_is_found_in_much_text_as_in_little(forms: Redactor) -> None:
    """Short texts are asked by one set of patterns, long ones by signs that a form has to hold."""
    some = (
        "ann.lee@clinic.example", "ann @ clinic.com", "ann at clinic.com", "https://a.example/b", "www.a.example",
        "clinic.org", "10.20.30.44", "fe80::1:2:3", "00:1b:44:11:3a:b7", "00-1b-44-11-3a-b7", "123-45-6789",
        "212-555-0147", "555-0147", "+44 20 7946 0958", "password: hunter2x", "api_key=hunter2x", "secret = hunter2x",
        "sk_live_4eC39HqLyjWDarjtT1", "AKIAABCDEFGHIJKLMNOP", "%B4111111111111111^LEE/ANN^29121011000?",
        ";4111111111111111=29121011000?", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111",
    )  # fmt: skip
    for value in some:
        little = forms.redact_text(f"so {value} it").text
        assert value not in little
        assert forms.redact_text(f"so {value} it\n" + "and so it is\n" * 500).text.splitlines()[0] == little
