"""Policies: what they hide, what may stay under Safe Harbor, rules of one's own, and what a wrong file is told."""

from collections.abc import Iterator
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest

from privity.errors import BadInput, Misconfigured
from privity.redact import (
    CALLS,
    SHIPPED,
    Allow,
    Deny,
    Label,
    PatternRecognizer,
    Redactor,
    Style,
    policy_from_yaml,
    policy_named,
)
from privity.redact.detectors import DETECTORS
from privity.redact.hiding.coarsening import zip3
from privity.redact.policies.safe_harbor import IDENTIFIERS, not_looked_for
from privity.redact.reading.cues import Cues
from privity.redact.reading.transcript import transcript_of_texts

TODAY = date(2026, 11, 22)


def under(redactor: Redactor, name: str, text: str) -> str:
    return redactor.under(policy_named(name), as_of=TODAY).redact_text(text).text


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_policy_hides_card_data(redactor: Redactor, name: str) -> None:
    hidden = under(redactor, name, "my card is 4111 1111 1111 1111 and the security code is 737")
    assert hidden == "my card is [CARD] and the security code is [CVV]"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("born 3/4/1980, admitted March 3rd 2026", "born 1980, admitted 2026"),
        ("the visit was on march third twenty twenty five", "the visit was on 2025"),
        ("come last Tuesday or on Christmas Eve, not yesterday", "come [DATE] or on [DATE], not [DATE]"),
        ("admitted March 3rd", "admitted [DATE]"),
        ("date of birth 5/6/1930", "date of birth 90+"),
        ("seen on 5/6/1930", "seen on [DATE]"),
        ("she is 89 years old", "she is 89 years old"),
        ("she is 90 years old", "she is 90+ years old"),
        ("he is ninety-three years old", "he is 90+ years old"),
        ("he turned 104", "he turned 90+"),
        ("zip code 10001-1234", "zip code 100"),
        ("10001-1234", "100"),
        ("Dayton, Ohio 45402-1234", "[LOCATION] 454"),
        ("zip 1234", "zip 000"),
        ("seen in july, admitted in May, since Q3 2025", "seen in [DATE], admitted in [DATE], since [DATE] 2025"),
        ("you may march in place, this may hurt", "you may march in place, this may hurt"),
        ("zip code 03601", "zip code 000"),
        ("zip code 83101", "zip code 000"),
        ("zip code 89301", "zip code 000"),
        ("zip code 02139", "zip code 021"),
        ("postal code K1A 0B1", "postal code [ZIP]"),
        ("the voiceprint id is ab12cd9, see face.jpg", "the voiceprint id is [ID], see [ID]"),
    ],
)
def test_safe_harbor_lets_stay_what_the_rule_lets_stay(redactor: Redactor, said: str, shown: str) -> None:
    assert under(redactor, "hipaa-safe-harbor", said) == shown


def test_a_year_of_birth_goes_when_today_is_not_known(redactor: Redactor) -> None:
    assert redactor.under(policy_named("hipaa-safe-harbor")).redact_text("born 3/4/1980").text == "born [DOB]"


def test_a_mask_shows_nothing_of_what_may_stay(redactor: Redactor) -> None:
    masked = redactor.under(policy_named("hipaa-safe-harbor")).redact_text("zip 10001", Style.MASK)
    assert masked.text == "zip *****"


def test_a_prefix_that_is_not_assigned_or_no_zip_is_000() -> None:
    assert [zip3(code) for code in ("99999", "00001", "213", "34000", "")] == ["999", "000", "000", "000", "000"]


def test_a_limited_data_set_keeps_dates_and_places(redactor: Redactor) -> None:
    redacted = redactor.under(policy_named("limited-data-set")).redact_text("john smith from Boston, seen 3/4/2026")
    assert redacted.text == "[NAME] from Boston, seen 3/4/2026"
    assert "not de-identified" in redacted.statement


def test_safe_harbor_is_claimed_only_when_all_18_were_looked_for(redactor: Redactor) -> None:
    policy = policy_named("hipaa-safe-harbor")
    assert len(IDENTIFIERS) == 18
    assert redactor.under(policy).redact_text("hello").statement.startswith("Safe Harbor: all 18")
    assert redactor.redact_text("hello").statement == ""
    for letter, (named, labels) in IDENTIFIERS.items():
        less = policy.overridden(keep=labels)
        if not labels:
            kept = [rule for rule in policy.recognizers if rule.covers != letter]
            less = policy_from_yaml("name: x\nextends: hipaa-safe-harbor")
            less = type(policy)(name="x", hides=policy.hides, claims=policy.claims, recognizers=tuple(kept))
        assert letter in not_looked_for(less)
        statement = redactor.under(less).redact_text("hello").statement
        assert statement.startswith("Not Safe Harbor: not looked for: ")
        assert named in statement


def test_safe_harbor_is_not_claimed_where_something_was_let_through_or_derived(redactor: Redactor) -> None:
    from privity.redact import KeyedTokens

    policy = policy_named("hipaa-safe-harbor")
    allowing = redactor.under(policy.overridden(allow=[Allow(literal="Boston")]))
    assert allowing.redact_text("hello").statement.startswith("Not Safe Harbor")
    derived = redactor.under(policy).redact_text("hello", KeyedTokens(b"k" * 32))
    assert derived.statement.startswith("Not Safe Harbor")


OWN = r"""
name: front-desk
extends: calls
keep: [LOCATION]
allow:
  - literal: Maple Clinic
  - pattern: 'john\s+doe'
    labels: [NAME]
deny:
  - literal: Project Falcon
  - pattern: 'blue\s+moon'
    label: ACCOUNT
recognizers:
  - name: badge
    pattern: '\bdoor ([a-z]{3})\b'
    cues: [badge]
"""


def test_rules_of_a_policy_let_through_and_hide(redactor: Redactor) -> None:
    own = redactor.under(policy_from_yaml(OWN))
    assert own.redact_text("john doe and john smith in Boston").text == "john doe and [NAME] in Boston"
    assert own.redact_text("PROJECT   Fálcon under a blue moon").text == "[ID] under a [ACCOUNT]"
    assert own.redact_text("my badge is door abc").text == "my badge is door [ID]"
    assert own.redact_text("the door opens, door abc").text == "the door opens, door abc"


def test_a_rule_that_goes_over_turns_hides_in_each(redactor: Redactor) -> None:
    from privity.redact import Turn

    policy = CALLS.overridden(deny=[Deny(pattern=r"falcon.{0,3}eagle")])
    turns = [Turn(speaker="a", text="it is falcon"), Turn(speaker="b", text="eagle indeed")]
    hidden = redactor.under(policy).redact_turns(turns).turns
    assert [turn.text for turn in hidden] == ["it is [ID]", " indeed"]


def test_an_allow_rule_never_uncovers_a_card_or_its_code(redactor: Redactor) -> None:
    policy = CALLS.overridden(allow=[Allow(pattern=".*")])
    text = "john smith, card 4111111111111111, security code 737"
    assert redactor.under(policy).redact_text(text).text == "john smith, card [CARD], security code [CVV]"


def test_what_is_both_hidden_and_kept_is_hidden() -> None:
    assert Label.NAME in CALLS.overridden(hide=[Label.NAME], keep=[Label.NAME]).hides


@pytest.mark.parametrize(
    ("yaml", "message", "advice"),
    [
        ("name: x\nhide: [EMIAL]", "names a label that does not exist", "Did you mean EMAIL?"),
        ("name: x\nhdie: all", "a key that is not known", "Did you mean hide?"),
        ("name: x\nhide: all\ndates: yaer", "none of the choices", "Did you mean year?"),
        ("name: x\nextends: cals", "no redaction policy of that name", "Did you mean calls?"),
        ("name: x\nhide: all\nallow:\n- litteral: secret", "a key that is not known", "Did you mean literal?"),
        ("name: x\nhide: all\ndeny:\n- literal: 12345", "is not text", "quotes"),
        ("name: x\nhide: all\ndeny:\n- {literal: a, pattern: b}", "either a literal or a pattern", ""),
        ('name: x\nhide: all\ndeny:\n- pattern: "\\bsecret"', "control character", "single quotes"),
        ("name: x\nhide: all\ndeny:\n- pattern: '(?<=secret)b'", "none that RE2 takes", "look-around"),
        ("name: x\nhide: all\nrecognizers:\n- pattern: a", "needs a name and a pattern", ""),
        ("name: x\nhide: all\nrecognizers:\n- {name: a, pattern: a, score: 7}", "score", ""),
        ("name: x\nhide: all\nplugins: [secret]", "a plugin that is not installed", "privity.recognizers"),
        (
            "name: x\nhide: all\nallow:\n- literal: \u041c\u0430\u0440\u0438\u044f",
            "a script that is not told apart",
            "",
        ),
        ("hide: all", "does not say its name", ""),
        ("name: x", "does not say what it hides", ""),
        ("name: x\nhide: NAME", "not a list", ""),
        ("name: x\nname: secret\nhide: all", "stands twice", ""),
        ("a: &a [secret]\nb: *a", "not plain YAML", "Aliases"),
        ("- secret", "not a YAML mapping", ""),
        ("name: [x\n secret", "not plain YAML", ""),
        ("[" * 2000, "not plain YAML", ""),
    ],
)
def test_a_wrong_policy_is_told_what_was_meant(yaml: str, message: str, advice: str) -> None:
    with pytest.raises(BadInput) as refused:
        Redactor(policy_from_yaml(yaml))
    assert message in refused.value.message
    assert advice in refused.value.advice
    assert "secret" not in f"{refused.value.message} {refused.value.advice}"


class Badges:
    """Badges whose digits add up to a multiple of seven."""

    name, label = "badge", Label.ID

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        at = text.find("B-25")
        if at >= 0:
            yield at, at + 4


class Broken(Badges):
    def find(self, text: str) -> Iterator[tuple[int, int]]:
        raise ValueError(text)


class Astray(Badges):
    def find(self, text: str) -> Iterator[tuple[int, int]]:
        yield 0, len(text) + 1


def installed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    entry = metadata.EntryPoint(name="badge", value=f"{__name__}:{name}", group="privity.recognizers")
    monkeypatch.setattr(metadata, "entry_points", lambda group: [entry] if group == entry.group else [])


def test_a_plugin_is_found_by_its_entry_point(redactor: Redactor, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "Badges")
    policy = policy_from_yaml("name: x\nextends: calls\nplugins: [badge]")
    redacted = redactor.under(policy).redact_text("the door opened for B-25")
    assert redacted.text == "the door opened for [ID]"
    assert redacted.findings[0].detector == "plugin-badge"


@pytest.mark.parametrize("name", ["Broken", "Astray", "nothing_there", "date"])
def test_a_broken_plugin_lets_no_text_through(redactor: Redactor, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    installed(monkeypatch, name)
    policy = policy_from_yaml("name: x\nextends: calls\nplugins: [badge]")
    with pytest.raises(Misconfigured) as failed:
        redactor.under(policy).redact_text("quoted words")
    assert "quoted" not in failed.value.message
    assert failed.value.__cause__ is None


def test_a_recognizer_may_be_handed_over_without_being_installed() -> None:
    assert Redactor(recognizers=[Badges()]).redact_text("it was B-25").text == "it was [ID]"
    pattern = PatternRecognizer(name="badge", pattern="B-[0-9]{2}")
    assert pattern.label is Label.ID


def test_a_detector_gives_only_the_labels_by_which_it_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "bench" / "redact"))
    from kinds import KINDS, documents

    rarely_said = [
        "Maria: hello\nAgent: good morning\nMaria: hi",
        "we could meet on the nineteenth or the twenty third",
        "Agent: your birthday\nCaller: march\nAgent: okay\nCaller: fourth\nAgent: okay\nCaller: fifty one",
        "it was six slash twelve slash nineteen eighty",
        "she moved out in june and the lease is up the end of august",
        "the password was redfox_77",
        "big f falcon thirty three exclamation point",
        "[DTMF 4 1 1 1 1 1 1 1]",
        "44BB 3960 O866 9",
        "the pin is fourtwoone",
        "Does the train leave from Grand Central, and is it colder there than in livermore?",
        "The pathologist signed accession H26-40417 for R.T., 71, who came from our other office.",
        "Voicemail from 8-985-556-63-15 just now",
        "Attn: Temitope D. Okonjo",
        "There's a gate, it's 4471.",
        "93F with chest pain",
        "no new orders. T. Ostrander, RN",
        "yeah 3157 and that's my last four",
        "with aranciata!1977 it opens",
        "All done.\nYours,\nMay",
        "seen in ED 9/4",
        "discharged 20240118",
        "tiene 93 años",
        "née en 1923",
        "admis le 3 mars 2026",
        "12 failed attempts for selma10",
        "with attention to P. Nowak",
        "we moved on 17.8.21",
        "wire it to 021000021 today",
        "a white Prius 8ABC123",
        "we're camping at pickerel cove",
        "he died on christmas eve",
        "[21/12/25, 19:02] Ann: so\n[21/12/25, 19:03] Ben: and\n[21/12/25, 19:04] Ann: well",
    ]
    made_up = [each.text for kind in KINDS for each in documents(kind, 23, 4)]
    transcript = transcript_of_texts([*made_up, *rarely_said])
    for _, labels, detector in DETECTORS:
        given = {claim.finding.label for claim in detector(transcript, Cues(transcript))}
        assert given, "a detector that finds nothing here is not tried"
        assert given <= labels


def test_a_recognizer_with_an_unknown_label_is_refused() -> None:
    class Unlabelled:
        name, label = "odd", "XX"

        def find(self, _text: str) -> list[tuple[int, int]]:
            return [(0, 1)]

    with pytest.raises(Misconfigured, match="odd"):
        Redactor(recognizers=[Unlabelled()])  # type: ignore[list-item]  # as a program without types has it
