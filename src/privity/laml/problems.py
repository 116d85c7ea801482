"""Errors in the form that clients of the vendors parse: `{code, message, more_info, status}`, whatever went wrong.

The codes are those that the vendors document; scripts switch on them.
"""

from typing import Any, Final

import msgspec
from litestar import Response

from privity.api.problems import problem_of
from privity.custody.telephony import NotOwnNumber
from privity.errors import BadInput
from privity.identity import Origin

NOTHING_TO_SEND: Final = 21602
NO_SENDER: Final = 21603
NO_RECIPIENT: Final = 21604
NOBODY_TO_CALL: Final = 21201
NOBODY_WHO_CALLS: Final = 21213
BAD_MEDIA: Final = 21620
BAD_RECIPIENT: Final = 21211
BAD_SENDER: Final = 21212
NOT_OWN_SENDER: Final = 21606
NOT_RECORDING: Final = 21220
BAD_NUMBER: Final = 21421
NOT_AVAILABLE: Final = 21422
NOT_EDITABLE: Final = 20009
_CODES: Final = {
    400: 20001,
    401: 20003,
    403: 20403,
    404: 20404,
    405: 20004,
    408: 20001,
    409: NOT_EDITABLE,
    413: 21617,
    415: 20001,
    422: 20001,
    429: 20429,
    500: 20500,
    503: 20503,
}


class VendorProblem(msgspec.Struct, frozen=True):
    """The body of every answer of this face that is not a success."""

    code: int
    message: str
    more_info: str
    status: int


class Coded(BadInput):
    """What was given cannot be used, under a code that the vendors' scripts know."""

    def __init__(self, code: int, message: str, *, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.code = code


def vendor_answer(error: BaseException, origin: Origin) -> Response[Any]:
    """Return the answer for an error; it repeats nothing that came in."""
    problem = problem_of(error, origin)
    match error:
        case Coded():
            code = error.code
        case NotOwnNumber():
            code = NOT_OWN_SENDER
        case _:
            code = _CODES.get(problem.status, 20001)
    decision = f" (decision {problem.decision_id})" if problem.decision_id else ""
    advice = f". {problem.advice}" if problem.advice else ""
    body = VendorProblem(code, f"{problem.detail.rstrip('.')}{decision}{advice}", problem.type, problem.status)
    headers = {"WWW-Authenticate": 'Basic realm="privity"'} if problem.status == 401 else {}
    if problem.status == 503:
        headers["Retry-After"] = "2"
    return Response(
        msgspec.json.encode(body), status_code=problem.status, media_type="application/json", headers=headers
    )
