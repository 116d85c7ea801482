"""What the options of `privity redact` choose: the policy with its overrides, and the way to hide."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from privity.errors import BadInput, Unreadable
from privity.redact import (
    Allow,
    Deny,
    KeyedTokens,
    Policy,
    Style,
    Surrogates,
    WayToHide,
    checked_key,
    label_named,
    policy_from_yaml,
    policy_named,
)

_LARGEST_KEY: Final = 4096


def chosen_policy(
    name: str,
    *,
    hide: Sequence[str] = (),
    keep: Sequence[str] = (),
    allow: Sequence[str] = (),
    deny: Sequence[str] = (),
) -> Policy:
    """Return the policy of that name, or of the YAML file at that path, with what was said on the command line.

    Raises BadInput for an unknown policy or label, Unreadable for a file that cannot be read.
    """
    text = policy_text(name)
    policy = policy_named(name) if text is name else policy_from_yaml(text)
    return policy.overridden(
        hide=[label_named(label, "--hide") for label in hide],
        keep=[label_named(label, "--keep") for label in keep],
        allow=[Allow(literal=literal) for literal in allow],
        deny=[Deny(literal=literal) for literal in deny],
    )


def chosen_way(style: Style, key_file: Path | None) -> Style | WayToHide:
    """Return the way to hide of a style; raises BadInput for one that needs a key where none is given."""
    if style in {Style.LABEL, Style.MASK}:
        return style
    key = chosen_key(style, key_file)
    return KeyedTokens(key) if style is Style.HASH else Surrogates(key)


def chosen_key(style: Style, key_file: Path | None) -> bytes:
    """Return the key of a style, empty for one without; raises BadInput for one that needs a key and has none."""
    if style in {Style.LABEL, Style.MASK}:
        return b""
    if key_file is None:
        raise BadInput(
            f"the style {style} needs a key",
            advice="--key-file FILE with at least 16 random bytes; `head -c 32 /dev/urandom` makes them.",
        )
    try:
        with key_file.open("rb") as file:
            return checked_key(file.read(_LARGEST_KEY))
    except OSError as error:
        raise Unreadable(f"the key file cannot be read: {error.strerror}", advice="Check the path.") from None


def policy_text(name: str) -> str:
    """Return the name of a shipped policy, or the text of the YAML file at that path."""
    path = Path(name)
    return _read(path) if path.suffix in {".yaml", ".yml"} else name


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Unreadable(f"the policy file cannot be read: {error.strerror}", advice="Check the path.") from None
    except UnicodeDecodeError:
        raise Unreadable("the policy file is not UTF-8 text", advice="Save it as UTF-8.") from None
