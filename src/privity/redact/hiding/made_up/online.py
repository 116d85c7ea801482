"""Made-up addresses of the internet that lead to nobody.

Mailboxes and pages are under names that are kept for documentation (RFC 2606), IPv6 addresses likewise (RFC 3849).
IPv4 has 768 of those, too few to keep many apart, so they are of the block that was never given out (240.0.0.0/4, RFC
1112 and 6890). Hardware addresses are of groups, which no network card has as its own (IEEE 802).
"""

from typing import Final

from privity.redact.hiding.made_up.keyed_order import Draw, seeded
from privity.redact.hiding.made_up.places import made_up_town
from privity.redact.hiding.spellings.addresses_online import is_hardware
from privity.redact.hiding.spellings.canonical import canonical
from privity.redact.labels import Label

_HOSTS: Final = ("com", "org", "net")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_GROUP_AND_LOCAL: Final = 3  # the two lowest bits of the first octet


def made_up_online(key: bytes, value: str, label: Label) -> str:
    """Return a made-up mailbox, page, internet or hardware address for one of that kind."""
    draw = Draw(seeded(key, label, canonical(label, value)))
    if label is Label.EMAIL:
        return f"{made_up_town(draw).lower()}{draw.below(1000):03}@example.{draw.of(_HOSTS)}"
    if label is Label.URL:
        return f"https://example.{draw.of(_HOSTS)}/" + "".join(draw.of(_LETTERS) for _ in range(8))
    if is_hardware(value.strip()):
        return _hardware(value.strip(), draw)
    if ":" in value:
        return f"2001:db8::{':'.join(f'{1 + draw.below(65535):x}' for _ in range(4))}"
    return f"{240 + draw.below(15)}.{draw.below(256)}.{draw.below(256)}.{1 + draw.below(254)}"


def _hardware(value: str, draw: Draw) -> str:
    octets = [draw.below(256) | _GROUP_AND_LOCAL, *(draw.below(256) for _ in range(5))]
    figures = "".join(f"{octet:02x}" for octet in octets)
    figures = figures if value.islower() or not any(map(str.isalpha, value)) else figures.upper()
    given = iter(figures)
    return "".join(next(given) if character.isalnum() else character for character in value)
