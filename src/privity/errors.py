"""Every error that Privity raises, as one tree.

PrivityError
├── BadInput               what was given cannot be used               400   exit 2
│   ├── Unreadable         a file, audio or bundle cannot be read      422   exit 2
│   ├── TooLarge           more than this installation takes           413   exit 2
│   ├── Conflict           the state does not allow it                 409   exit 2
│   ├── TooSlow            what was announced did not arrive in time   408   exit 2
│   ├── PackedContent      a content coding that is not unpacked here  415   exit 2
│   └── MethodNotAllowed   the page has no such method                 405   exit 2
├── NotFound               no such thing, or another tenant's          404   exit 1
├── NotAuthenticated       nobody known is asking                      401   exit 3
├── OAuthError             no token for this client, after RFC 6749    400 or 401   exit 3
├── Refused                policy says no; names the decision          403   exit 3
├── Forbidden              a place that may not be called from here    403   exit 3
├── TooManyRequests        asked too often; wait                       429   exit 4
├── Unavailable            a part that is needed does not answer       503   exit 4
│   ├── LedgerUnavailable  the intent could not be recorded: nothing has happened
│   ├── KeysUnavailable    the KMS or the key database does not answer
│   └── StoreUnavailable   the database or the blob store does not answer
├── Misconfigured          the installation cannot start like this     503   exit 2
├── SealBroken             a ciphertext did not open; one error for every cause   500   exit 1
└── VerificationError      a proof, log or certificate does not hold   422   exit 1

A message says what happened and `advice` says what to do. Neither ever holds a value that came in: callers pass names
of fields, sizes and expectations, never contents. Exit codes are those of the command line (0 done, 1 the answer is no,
2 bad usage or unreadable input, 3 refused by policy, 4 not available now).
"""

from typing import ClassVar, Final

import msgspec


class PrivityError(Exception):
    """Something Privity refuses or cannot do, in words for the person who has to act on it.

    `message` says what happened, `advice` what to do about it. `slug` names the RFC 9457 problem type, `status` is the
    HTTP status and `exit_code` the command line's.
    """

    slug: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong inside Privity"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class BadInput(PrivityError):
    """What was given cannot be used."""

    slug = "bad-input"
    title = "The input cannot be used"
    status = 400
    exit_code = 2


class Unreadable(BadInput):
    """A file, a recording or a bundle cannot be read as what it was said to be."""

    slug = "unreadable"
    title = "The content cannot be read"
    status = 422


class TooLarge(BadInput):
    """The input is larger or longer than this installation takes."""

    slug = "too-large"
    title = "The content is too large"
    status = 413


class Conflict(BadInput):
    """The thing exists, and its present state does not allow the act."""

    slug = "conflict"
    title = "The present state does not allow this"
    status = 409


class TooSlow(BadInput):
    """What was announced did not arrive in time, and nothing was done with what did (RFC 9110 section 15.5.9)."""

    slug = "too-slow"
    title = "The request did not arrive in time"
    status = 408


class PackedContent(BadInput):
    """The content is packed, and is taken as it is only (RFC 9110 section 15.5.16)."""

    slug = "packed-content"
    title = "The content is packed in a way that is not taken here"
    status = 415


class MethodNotAllowed(BadInput):
    """There is such a page, and it has no such method."""

    slug = "method-not-allowed"
    title = "The method is not allowed here"
    status = 405


class RangeNotSatisfiable(BadInput):
    """The part begins behind the end of the content, which has `size` bytes (RFC 9110 section 14.4)."""

    slug = "range-not-satisfiable"
    title = "The part is not in the content"
    status = 416

    def __init__(self, size: int) -> None:
        super().__init__("the range begins behind the end of the file", advice=f"The file has {size} bytes.")
        self.size = size


class NotFound(PrivityError):
    """There is no such thing for this caller; things of other tenants answer alike."""

    slug = "not-found"
    title = "Not found"
    status = 404
    exit_code = 1


class NotAuthenticated(PrivityError):
    """The caller did not prove who is asking; one answer for every cause."""

    slug = "not-authenticated"
    title = "Who is asking is not known"
    status = 401
    exit_code = 3


class OAuthError(PrivityError):
    """The token endpoint cannot grant a request; `code` is one of RFC 6749 section 5.2, `answered` the HTTP status."""

    slug = "oauth"
    title = "The token request cannot be granted"
    status = 400
    exit_code = 3

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.answered = status


class Refused(PrivityError):
    """Policy refused the act; `decision_id` leads to the reasons, `scope` is one that a token would have needed."""

    slug = "refused"
    title = "Refused by policy"
    status = 403
    exit_code = 3

    def __init__(
        self, message: str, *, advice: str = "", decision_id: str | None = None, scope: str | None = None
    ) -> None:
        super().__init__(message, advice=advice)
        self.decision_id = decision_id
        self.scope = scope


class Forbidden(PrivityError):
    """A place outside may not be called from here: the operator has not listed it, or its address is not public."""

    slug = "forbidden-place"
    title = "The place may not be called from here"
    status = 403
    exit_code = 3


class TooManyRequests(PrivityError):
    """This caller or address has asked too often."""

    slug = "too-many-requests"
    title = "Too many requests"
    status = 429
    exit_code = 4


class Unavailable(PrivityError):
    """A part that the act needs does not answer; asking again later is safe."""

    slug = "unavailable"
    title = "Not available now"
    status = 503
    exit_code = 4


class LedgerUnavailable(Unavailable):
    """The intent could not be recorded in time, so nothing has happened."""

    slug = "ledger-unavailable"
    title = "The ledger cannot record this now; nothing has happened"


class KeysUnavailable(Unavailable):
    """The KMS or the key database does not answer; nothing is opened or sealed without it."""

    slug = "keys-unavailable"
    title = "Keys cannot be reached now"


class StoreUnavailable(Unavailable):
    """The database or the blob store does not answer or is full."""

    slug = "store-unavailable"
    title = "Storage cannot be reached now"


class Misconfigured(PrivityError):
    """The installation cannot start like this; the message names the setting or file, never a secret's value."""

    slug = "misconfigured"
    title = "The installation is not set up correctly"
    status = 503
    exit_code = 2


class SealBroken(PrivityError):
    """A ciphertext did not open: altered, moved, cut short, or sealed under another key; which one is not said."""

    slug = "seal-broken"
    title = "A sealed value did not open"
    status = 500


class VerificationError(PrivityError):
    """A proof, a log, a checkpoint or a certificate does not hold.

    `first_bad_index` names the first ledger entry that fails, where the failure has one.
    """

    slug = "verification-failed"
    title = "Verification failed"
    status = 422

    def __init__(self, message: str, *, advice: str = "", first_bad_index: int | None = None) -> None:
        super().__init__(message, advice=advice)
        self.first_bad_index = first_bad_index


MALFORMED_JSON: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What decoding a text from outside raises when it is not the JSON that was asked for, nested without end included."""
