"""The command line: the same acts as over HTTP, by whoever sits at the machine or, with a token, from afar.

Rules of its output: the result first, then how to check it, then the next step. `--json` prints one JSON object with
stable keys. Progress shows on terminals only. Errors are three short lines on stderr: what happened, why, what to do.
Exit codes: 0 done · 1 the answer is no · 2 bad usage or unreadable input · 3 refused by policy · 4 not available now.
"""

import sys

from cyclopts import CycloptsError

from privity import logs
from privity.cli.app import app
from privity.cli.printing import print_error, print_usage_error
from privity.errors import PrivityError


def main() -> None:
    """Run one command and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Return the exit code of one command; everything that can go wrong is printed, never raised."""
    logs.start(level="error")
    try:
        result = app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        print_usage_error(str(error), as_json="--json" in arguments)
        return 2
    except PrivityError as error:
        print_error(error, as_json="--json" in arguments)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - a traceback could show what no terminal or log may hold
        print_error(PrivityError(f"an internal error ({type(error).__name__})"), as_json="--json" in arguments)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    return result if isinstance(result, int) else 0
