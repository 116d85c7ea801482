"""The command line: the same acts as over HTTP, by whoever sits at the machine or, with a token, from afar.

Rules of its output: the result first, then how to check it, then the next step. `--json` prints one JSON object with
stable keys. Progress shows on terminals only. Errors are three short lines on stderr: what happened, why, what to do.
Exit codes: 0 done · 1 the answer is no · 2 bad usage or unreadable input · 3 refused by policy · 4 not available now.
"""

import atexit
import os
import sys
from contextlib import suppress
from typing import Any

from privity import logs
from privity.cli.plain_redaction import plain_redaction
from privity.errors import PrivityError


def main() -> None:
    """Run one command and leave with its exit code."""
    code = run(sys.argv[1:])
    if "daft" in sys.modules:
        _leave_at_once(code)
    sys.exit(code)


def _leave_at_once(code: int) -> None:
    """End the process once everything is written.

    Threads of Daft's that still run while the interpreter is taken down abort it now and then, and what was done well
    would be told as a crash. What was registered to run at exit is run all the same: Ray, Daft and Arrow end there what
    they have open elsewhere.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no public name, and a handler of ours would not be the last
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Return the exit code of one command; everything that can go wrong is printed, never raised."""
    logs.start(level="error")
    try:
        result = _act(arguments)
    except PrivityError as error:
        _print_error(error, arguments)
        return error.exit_code
    except BrokenPipeError:  # whoever reads has read enough
        _let_go_of_the_output()
        return 0
    except Exception as error:  # noqa: BLE001 - a traceback could show what no terminal or log may hold
        _print_error(PrivityError(f"an internal error ({type(error).__name__})"), arguments)
        return 1
    except KeyboardInterrupt:
        return 130
    return result if isinstance(result, int) else 0


def _act(arguments: list[str]) -> Any:
    """Run the command; redaction of plain pipes and files starts without loading the other commands."""
    redact = plain_redaction(arguments)
    if redact is not None:
        return redact()
    from cyclopts import CycloptsError  # noqa: PLC0415 - takes as long to load as all of redaction

    from privity.cli.app import app  # noqa: PLC0415 - likewise
    from privity.cli.printing import print_usage_error  # noqa: PLC0415 - likewise
    from privity.cli.usage_errors import usage_error_words  # noqa: PLC0415 - likewise

    try:
        return app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        print_usage_error(usage_error_words(error), as_json="--json" in arguments)
        return 2


def _let_go_of_the_output() -> None:
    """Leave what was not written yet to nobody: the end of the process would try again, and complain."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - one file that is always there
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _print_error(error: PrivityError, arguments: list[str]) -> None:
    from privity.cli.printing import print_error  # noqa: PLC0415 - only errors are printed in colour

    print_error(error, as_json="--json" in arguments)
