"""Which kinds of identifiers a policy hides."""

from msgspec import Struct

from privity.errors import BadInput
from privity.redact.labels import Label

_CARD_DATA = frozenset({Label.CARD, Label.EXPIRY, Label.CVV})


class Policy(Struct, frozen=True, kw_only=True):
    """A named choice of labels to hide."""

    name: str
    hides: frozenset[Label]


CALLS = Policy(name="calls", hides=frozenset(Label))
PCI_DSS = Policy(name="pci-dss", hides=_CARD_DATA)

_POLICIES = {policy.name: policy for policy in (CALLS, PCI_DSS)}


def policy_named(name: str) -> Policy:
    """Return the shipped policy of that name. Raises BadInput, which names the policies there are."""
    policy = _POLICIES.get(name)
    if policy is None:
        raise BadInput("there is no redaction policy of that name", advice=f"Choose one of: {', '.join(_POLICIES)}.")
    return policy
