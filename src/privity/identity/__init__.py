"""Who is asking: callers, bearer tokens, and the operators of the command line.

A token is `privity_<tenant>_<id>_<secret>_<checksum>`: it names its tenant, so nothing is ever looked up across
tenants, and its checksum lets a typing error or a secret scanner be answered without the database. At rest there are
two hashes of the secret: a keyed one, tested first, so that a wrong secret never costs a slow hash, and bcrypt, so
that neither a copy of the database nor the pepper alone lets anybody test guesses fast.
"""

from privity.identity.authenticator import Authenticator
from privity.identity.callers import Caller, CallerKind, Origin, nobody, operator_of_this_machine, worker
from privity.identity.numbers import NumberDirectory, NumberOwner, claim_number
from privity.identity.roles import Role
from privity.identity.scopes import ORIGINALS, Scope, parse_scopes
from privity.identity.token_hashes import TokenHashes
from privity.identity.token_text import TokenText, new_token
from privity.identity.tokens import TokenListed, add_token, list_tokens, revoke_token
from privity.identity.usage import TokenUsage

__all__ = [
    "ORIGINALS",
    "Authenticator",
    "Caller",
    "CallerKind",
    "NumberDirectory",
    "NumberOwner",
    "Origin",
    "Role",
    "Scope",
    "TokenHashes",
    "TokenListed",
    "TokenText",
    "TokenUsage",
    "add_token",
    "claim_number",
    "list_tokens",
    "new_token",
    "nobody",
    "operator_of_this_machine",
    "parse_scopes",
    "revoke_token",
    "worker",
]
