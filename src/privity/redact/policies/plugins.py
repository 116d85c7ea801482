"""Recognizers that others write in Python, found by entry point.

A package offers one in the group `privity.recognizers`; a policy asks for it by name under `plugins`. Nothing is
imported that no policy asks for, because importing runs its code. What a plugin does wrong never lets text through: an
exception or a place that is not in the text ends the redaction.
"""

from collections.abc import Iterable
from typing import Any, Final, Protocol

from privity.errors import BadInput, Misconfigured
from privity.redact.labels import Label
from privity.redact.policies.files import nearest
from privity.redact.policies.patterns import is_label

GROUP: Final = "privity.recognizers"


class Recognizer(Protocol):
    """Finds identifiers of one kind. `name` appears in findings, so it must not be a value."""

    name: str
    label: Label

    def find(self, text: str) -> Iterable[tuple[int, int]]:
        """Return where identifiers stand in one turn or text: first character and one past the last.

        The text is folded to ASCII, one character for each code point: accents and look-alikes are gone, case is kept.
        """
        ...


def plugin_named(name: str) -> Recognizer:
    """Return the installed recognizer of that name; raises BadInput for none, Misconfigured for a broken one."""
    from importlib import metadata  # noqa: PLC0415 - it loads sockets, which nothing here needs before

    offered = {entry.name: entry for entry in metadata.entry_points(group=GROUP)}
    if name not in offered:
        there = ", ".join(sorted(offered)) or "none is installed"
        advice = f"{nearest(name, offered)}Entry points of {GROUP}: {there}."
        raise BadInput("the policy names a plugin that is not installed", advice=advice)
    try:
        made = offered[name].load()
        recognizer = made() if isinstance(made, type) else made
    except Exception as error:  # noqa: BLE001 - the code of others may raise anything; its words may hold anything
        raise Misconfigured(f"the recognizer {name} cannot be loaded ({type(error).__name__})") from None
    return checked_recognizer(recognizer, name)


def checked_recognizer(recognizer: Any, name: str = "") -> Recognizer:
    """Return a recognizer that has what one needs; raises Misconfigured. `name` is that of its entry point."""
    own = getattr(recognizer, "name", None)
    called = name or (own if isinstance(own, str) else "")
    which = f"the recognizer {called}" if called else "a recognizer"
    needed = "It needs name: str, label: Label and find(text) -> places."
    if not isinstance(own, str) or not own or not callable(getattr(recognizer, "find", None)):
        raise Misconfigured(f"{which} is none", advice=needed)
    if not is_label(getattr(recognizer, "label", None)):
        raise Misconfigured(f"{which} has no label that there is", advice=needed)
    made: Recognizer = recognizer
    return made
