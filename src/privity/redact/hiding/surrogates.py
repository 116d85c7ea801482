"""Made-up values of the same kind and form, so that a hidden conversation still reads like one.

The same value becomes the same surrogate under one key, however it is written or said: give one key for each
conversation, or one for each tenant. A surrogate is never the value that it stands for, nor another one that is hidden
in the same text or conversation, nor that of two values there: where it would be, the label is shown. So is what cannot
be made up in its form, and what has too few values to hide among: ages above 89, verification codes and PINs.
What is made up can belong to nobody, as `made_up_numbers`, `made_up_online` and `made_up_places` say. Dates move by one
shift for each subject.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from privity.redact.hiding.conversation import Conversation
from privity.redact.hiding.date_shift import DateShift
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.hiding.made_up.expiries import made_up_expiry
from privity.redact.hiding.made_up.names import MadeUpNames
from privity.redact.hiding.made_up.numbers import made_up_number
from privity.redact.hiding.made_up.online import made_up_online
from privity.redact.hiding.made_up.places import made_up_address, made_up_place
from privity.redact.hiding.spellings.addresses_online import is_hardware
from privity.redact.hiding.spellings.canonical import bare, canonical
from privity.redact.hiding.tokens import checked_key
from privity.redact.labels import Label

_UNMADE: Final = frozenset({Label.AGE, Label.CVV, Label.PASSWORD, Label.OTHER_LANGUAGE, Label.UNCERTAIN})
_DAYS: Final = frozenset({Label.DATE, Label.DOB})


def _device(key: bytes, value: str) -> str | None:
    if is_hardware(value.strip()):
        return made_up_online(key, value, Label.DEVICE)
    return made_up_number(key, value, Label.DEVICE)


_MAKERS: Final[dict[Label, Callable[[bytes, str], str | None]]] = {
    Label.EXPIRY: made_up_expiry,
    Label.LOCATION: made_up_place,
    Label.ADDRESS: made_up_address,
    Label.DEVICE: _device,
    **{label: partial(made_up_online, label=label) for label in (Label.EMAIL, Label.URL, Label.IP)},
}


class Surrogates:
    """Replaces values by made-up ones under one key; raises BadInput for a short key.

    `subject` is whom the dates are about: all of them move together. `order` is that of day and month in their figures;
    without it the conversation tells.
    """

    derived, keeps_length = True, False

    def __init__(self, key: bytes, *, subject: str = "", order: DayOrder | None = None) -> None:
        self._key = checked_key(key)
        self.names = MadeUpNames(key)
        self.dates = DateShift(key, subject, order=order)

    def __repr__(self) -> str:
        return "Surrogates(hidden)"

    def within(self, conversation: Conversation) -> "_SurrogatesWithin":
        """Return the same surrogates where a conversation tells what else is hidden and how its dates are written."""
        return _SurrogatesWithin(self, conversation)

    def instead(self, label: Label, value: str) -> str:
        """Return a made-up value of the same kind, or the label where none can be made."""
        return self.within(Conversation.alone(label, value)).instead(label, value)

    def going_on(self, _part: str) -> str:
        """Return nothing: the surrogate stands at the first place."""
        return ""

    def made(self, label: Label, value: str, order: DayOrder) -> str | None:
        """Return a made-up value, whatever else is hidden; None where none can be made."""
        if label in _UNMADE:
            return None
        if label in _DAYS:
            return self.dates.shifted(value, order)
        return _MAKERS.get(label, partial(made_up_number, label=label))(self._key, value)


class _SurrogatesWithin:
    """The surrogates of one conversation."""

    derived, keeps_length = True, False

    def __init__(self, surrogates: Surrogates, conversation: Conversation) -> None:
        self._surrogates = surrogates
        self._conversation = conversation
        self._shown: dict[str, str] = {}  # what was shown, and the value that it stands for

    def instead(self, label: Label, value: str) -> str:
        order = self._surrogates.dates.order_in(self._conversation, value)
        shown = self._name(value) if label is Label.NAME else self._surrogates.made(label, value, order)
        if shown is None or self._conversation.holds(label, shown, order):
            return f"[{label}]"
        told = f"{label} {canonical(label, value, order)}"
        return shown if self._shown.setdefault(bare(shown), told) == told else f"[{label}]"

    def going_on(self, part: str) -> str:
        return self._surrogates.going_on(part)

    def _name(self, value: str) -> str | None:
        """Return another name, or None where a word of it stands in a name of the conversation."""
        parts = self._surrogates.names.parts(value)
        if any(made and len(shown) > 1 and self._conversation.holds_word(shown) for shown, made in parts):
            return None
        return "".join(shown for shown, _ in parts)
