"""The log filter: hides personal data and secrets in log lines; any Python application can use it alone.

    from privity.log_filter import get_secure_logger, protect_all_loggers, safe_log_exception

    log = get_secure_logger("clinic")
    log.info("reset for %s from %s", "ann@example.org", "203.0.113.9")      # reset for [EMAIL] from [IP]
    protect_all_loggers()                                                   # libraries and uvicorn too
    try: ...
    except ValueError as error:
        error_id = safe_log_exception(log, error, "import failed")          # type and id, never the words

It lives in the base, beside `logs`, and not in `redact`: Privity's own log lines pass it as a second net, and the base
imports nothing above itself. For the same reason it knows the standard library only, starts at once, and looks for what
can be told in one line without a conversation around it: e-mail, telephone, social security and card numbers, IP
addresses, tokens, and whatever follows a word such as `password=`, `ssn:` or `patient name is`. Names that no such word
announces are the business of `redact`.

`strings` holds the patterns, `exceptions` what is shown of an exception, `containers` goes through dicts and lists,
`loggers` is about `logging`.
"""

from privity.log_filter.containers import sanitize_dict
from privity.log_filter.loggers import SecureFilter, get_secure_logger, protect_all_loggers, safe_log_exception
from privity.log_filter.strings import sanitize_string

__all__ = [
    "SecureFilter",
    "get_secure_logger",
    "protect_all_loggers",
    "safe_log_exception",
    "sanitize_dict",
    "sanitize_string",
]
