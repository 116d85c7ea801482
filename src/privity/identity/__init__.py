"""Who is asking: people with their sessions, services with their tokens, and the operators of the command line.

A token is `privity_<tenant>_<id>_<secret>_<checksum>`: it names its tenant, so nothing is ever looked up across
tenants, and its checksum lets a typing error or a secret scanner be answered without the database. At rest there are
two hashes of the secret: a keyed one, tested first, so that a wrong secret never costs a slow hash, and bcrypt, so
that neither a copy of the database nor the pepper alone lets anybody test guesses fast.

People show a link, a code by mail or a passkey first, and a second factor before anything else opens. They and services
share nothing: other texts, other keys, other addresses.
"""

from privity.identity.addresses import Addresses, normalised
from privity.identity.authenticator import Authenticator
from privity.identity.callers import Caller, CallerKind, Origin, nobody, operator_of_this_machine, worker
from privity.identity.carriers import CarrierDirectory, CarrierRow, add_carrier, list_carriers, remove_carrier
from privity.identity.codes import Codes
from privity.identity.cookies import Cookie
from privity.identity.factors import RecoveryCodes
from privity.identity.links import Link, Links, LinkText, Standing
from privity.identity.numbers import NumberDirectory, NumberOwner, claim_number, release_number
from privity.identity.people import Directory, Person, PersonListed, SessionListed
from privity.identity.rates import Rates
from privity.identity.roles import Factor, Role
from privity.identity.scopes import CONTENT, DELETING, GIVEN_BY_OWNERS, ORIGINALS, Scope, parse_scopes
from privity.identity.sessions import Sessions
from privity.identity.signed import SignedTexts
from privity.identity.site import Site, Sites
from privity.identity.token_hashes import TokenHashes
from privity.identity.token_text import TokenText, new_token
from privity.identity.tokens import TokenListed, add_token, list_tokens, revoke_token
from privity.identity.usage import TokenUsage

__all__ = [
    "CONTENT",
    "DELETING",
    "GIVEN_BY_OWNERS",
    "ORIGINALS",
    "Addresses",
    "Authenticator",
    "Caller",
    "CallerKind",
    "CarrierDirectory",
    "CarrierRow",
    "Codes",
    "Cookie",
    "Directory",
    "Factor",
    "Link",
    "LinkText",
    "Links",
    "NumberDirectory",
    "NumberOwner",
    "Origin",
    "Person",
    "PersonListed",
    "Rates",
    "RecoveryCodes",
    "Role",
    "Scope",
    "SessionListed",
    "Sessions",
    "SignedTexts",
    "Site",
    "Sites",
    "Standing",
    "TokenHashes",
    "TokenListed",
    "TokenText",
    "TokenUsage",
    "add_carrier",
    "add_token",
    "claim_number",
    "list_carriers",
    "list_tokens",
    "new_token",
    "nobody",
    "normalised",
    "operator_of_this_machine",
    "parse_scopes",
    "release_number",
    "remove_carrier",
    "revoke_token",
    "worker",
]
