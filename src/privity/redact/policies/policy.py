"""A policy: which kinds of identifiers are hidden, what is let through or hidden by name, and what may stay of a value.

Policies are written in YAML (`files`); those that Privity ships stand beside. `rules` carries out what a policy says
beside its labels, `hiding.coarsening` what may stay of dates, ZIP codes and ages, `safe_harbor` what it may claim.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec
from msgspec import Struct

from privity.redact.labels import Label

CARD_DATA = frozenset({Label.CARD, Label.EXPIRY, Label.CVV})
UNCERTAIN_BELOW = 0.4
"""The demo call in the ears of Whisper tiny.en: one word in eight lies below, and most that it mishears do."""


class Claims(StrEnum):
    """What a result under a policy says of itself, if it fulfils it."""

    NOTHING = "nothing"
    SAFE_HARBOR = "safe-harbor"  # 45 CFR 164.514(b)(2)
    LIMITED_DATA_SET = "limited-data-set"  # 45 CFR 164.514(e)


class Dates(StrEnum):
    """What stays of a date."""

    HIDE = "hide"
    YEAR = "year"  # 164.514(b)(2)(i)(C), unless the year tells an age above 89


class Zips(StrEnum):
    """What stays of a ZIP code."""

    HIDE = "hide"
    THREE_DIGITS = "three-digits"  # 164.514(b)(2)(i)(B)


class Ages(StrEnum):
    """What stays of an age above 89."""

    HIDE = "hide"
    NINETY_PLUS = "ninety-plus"  # 164.514(b)(2)(i)(C)


class LooksFor(StrEnum):
    """By what identifiers are found."""

    EVERYTHING = "everything"
    RULES = "rules"  # everything by rules alone, without the `tagger`
    WRITTEN_FORMS = "written-forms"  # `forms.alone`: quickly, and far from everything


class Allow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lets through what a literal or a pattern covers whole; of these labels, or of all when none is named.

    Card numbers and security codes are never let through.
    """

    literal: str | None = None
    pattern: str | None = None
    labels: frozenset[Label] = frozenset()

    def __repr__(self) -> str:
        return "Allow(hidden)"


class Deny(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hides a literal or a pattern wherever it stands, under a label, whatever the policy hides besides."""

    literal: str | None = None
    pattern: str | None = None
    label: Label = Label.ID

    def __repr__(self) -> str:
        return f"Deny({self.label})"


class PatternRecognizer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Finds identifiers of a kind by an RE2 pattern, whose first group, if it has one, is what is hidden.

    With `cues`, only where one of these phrases stands within 60 characters before. `covers` names the Safe Harbor
    identifier, A to R, that it looks for.
    """

    name: str
    pattern: str
    label: Label = Label.ID
    cues: tuple[str, ...] = ()
    score: float = 0.9
    covers: str = ""


class Policy(Struct, frozen=True, kw_only=True):
    """A named choice of what to hide. `plugins` are recognizers in Python, by the names of their entry points.

    A word of less confidence than `uncertain_below` is not known to have been said.
    """

    name: str
    hides: frozenset[Label]
    description: str = ""
    source: str = ""
    claims: Claims = Claims.NOTHING
    dates: Dates = Dates.HIDE
    zips: Zips = Zips.HIDE
    ages: Ages = Ages.HIDE
    allow: tuple[Allow, ...] = ()
    deny: tuple[Deny, ...] = ()
    recognizers: tuple[PatternRecognizer, ...] = ()
    plugins: tuple[str, ...] = ()
    uncertain_below: float = UNCERTAIN_BELOW
    looks_for: LooksFor = LooksFor.EVERYTHING

    def overridden(
        self,
        *,
        hide: Iterable[Label] = (),
        keep: Iterable[Label] = (),
        allow: Iterable[Allow] = (),
        deny: Iterable[Deny] = (),
    ) -> "Policy":
        """Return this policy for one request: with some labels more and some less, and with rules of its own.

        What is both hidden and kept is hidden.
        """
        hides = (self.hides - frozenset(keep)) | frozenset(hide)
        return msgspec.structs.replace(self, hides=hides, allow=(*self.allow, *allow), deny=(*self.deny, *deny))
