"""Loggers: whatever is logged, by whomever, is hidden before a handler sees it."""

import io
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from logging.handlers import QueueHandler
from pathlib import Path
from queue import SimpleQueue
from traceback import TracebackException, format_exception

import pytest
from uvicorn.logging import AccessFormatter

from privity import logs
from privity.log_filter import get_secure_logger, protect_all_loggers, safe_log_exception, sanitize_string
from promises import promise

CANARIES = ("ann@example.org", "212-555-0147", "123-45-6789", "4111 1111 1111 1111", "203.0.113.9", "hunter2", "Okafor")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the root's handler writes, extra fields included."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s %(extra_field)s", defaults={"extra_field": "-"}))
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG)
    yield out
    root.handlers[:] = before
    root.setLevel(level)


def clean(out: io.StringIO) -> str:
    text = out.getvalue()
    assert text
    assert not [canary for canary in CANARIES if canary in text], text
    return text


def fail(words: str) -> None:
    raise ValueError(words) from KeyError("Okafor")


def speak(log: "logging.Logger | logging.LoggerAdapter[logging.Logger]") -> None:
    """Log personal data in every way there is."""
    mail = "ann@example.org"
    log.info("by %s and %s", mail, 5)
    log.info("by %(mail)s", {"mail": mail})
    log.info(f"by {mail}")  # noqa: G004 - what others write
    log.info("password %s", "is hunter2")
    log.info("password=%s", "hunter2")
    log.debug("many lines\ncall 212-555-0147\npatient name is Ada Okafor\n")
    log.info({"mail": mail, "ssn": "123-45-6789"})
    log.info("with", extra={"extra_field": {"card": "4111 1111 1111 1111", "ip": ["203.0.113.9"]}})
    log.warning("%d", 123456789)
    log.warning("%s", [mail, ("212-555-0147",)])
    try:
        fail(mail)
    except ValueError:
        log.exception("failed for %s", mail)


@promise("E18", sabotage="secure_logger_without_filter")
def test_a_secure_logger_hides_arguments_fields_lines_and_exceptions(lines: io.StringIO) -> None:
    speak(get_secure_logger("some.application"))
    text = clean(lines)
    assert "by [EMAIL] and 5" in text
    assert "ValueError: [REDACTED]" in text
    assert "caused by\nKeyError: [REDACTED]" in text


@promise("E15", sabotage="libraries_stay_unprotected")
def test_every_logger_of_the_process_hides_also_those_of_libraries(lines: io.StringIO) -> None:
    undo = protect_all_loggers()
    try:
        assert protect_all_loggers()() is None
        for name in ("", "third.party", "uvicorn.error", "asyncio"):
            speak(logging.getLogger(name))
        queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
        late = logging.getLogger("third.party.late")
        late.addHandler(QueueHandler(queue))
        late.info("by %s", "ann@example.org")
        assert "ann@" not in str(queue.get(timeout=1).__dict__)
    finally:
        undo()
        logging.getLogger("third.party.late").handlers.clear()
    clean(lines)


def test_the_access_line_of_uvicorn_is_still_one(lines: io.StringIO) -> None:
    logging.getLogger().handlers[0].setFormatter(
        AccessFormatter('%(client_addr)s - "%(request_line)s" %(status_code)s', use_colors=False)
    )
    undo = protect_all_loggers()
    try:
        access = logging.getLogger("uvicorn.access")
        form = '%s - "%s %s HTTP/%s" %d'
        access.info(form, "203.0.113.9:5123", "GET", "/reset?mail=ann%40example.org&password=hunter2&n=1", "1.1", 200)
        access.info(form, "203.0.113.9:5123", "GET", "/conversations", "1.1", 404)
    finally:
        undo()
    first, second = clean(lines).splitlines()
    assert first.startswith('[IP]:5123 - "GET /reset?mail=[')
    assert second == '[IP]:5123 - "GET /conversations HTTP/1.1" 404 Not Found'


@promise("E21", sabotage="exceptions_speak")
def test_an_exception_is_logged_as_its_type_and_an_id(lines: io.StringIO) -> None:
    canary = "Okafor 123-45-6789"
    try:
        fail(canary)
    except ValueError as error:
        error_id = safe_log_exception(logging.getLogger("plain"), error, "import failed", new_id=lambda: "e1")
    assert error_id == "e1"
    assert clean(lines) == "plain import failed: ValueError error_id=e1 -\n"


def test_a_record_that_cannot_be_judged_is_emptied(lines: io.StringIO) -> None:
    class Hostile:
        def __str__(self) -> str:
            raise RuntimeError("ann@example.org")

    log = get_secure_logger("some.application")
    log.info("%s %s", "only one for two ann@example.org")  # noqa: PLE1206 - what goes wrong
    log.info("by %s", Hostile())
    assert "[REDACTED]" in clean(lines)


@promise("B12", sabotage="declared_fields_are_trusted")
def test_the_second_net_of_privitys_own_lines() -> None:
    out = io.StringIO()
    sink = logs.Sink(out)
    sink.write(logging.INFO, "custody", "event", {"route": "GET /v1/2125550147", "library": "a.b", "count": 5})
    assert '"route":"[MASKED]"' in out.getvalue()
    assert '"library":"a.b"' in out.getvalue()


def test_the_filter_alone_loads_the_standard_library_only() -> None:
    import privity

    source = str(Path(privity.__file__).parent.parent)
    program = (
        f"import sys; sys.path.insert(0, {source!r}); import privity.log_filter; "
        "print(sorted({name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names) - {'__main__'}), "
        "sorted(name.split('.')[1] for name in sys.modules if name.count('.') == 1 and name.startswith('privity.')))"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['privity'] ['log_filter']"


def test_every_field_of_a_record_is_hidden_whoever_made_the_logger(lines: io.StringIO) -> None:
    class OfOthers(logging.Logger):
        def handle(self, record: logging.LogRecord) -> None:
            self.callHandlers(record)

    logging.getLogger().handlers[0].setFormatter(
        logging.Formatter("%(name)s %(threadName)s %(args)s %(message)s %(mail)s")
    )
    log = OfOthers("ann@example.org")
    log.parent = logging.getLogger()
    undo = protect_all_loggers()

    def speak_up() -> None:
        log.warning("%s", 4111111111111111.0, extra={"mail": "ann@example.org"})
        log.warning("%s %d", "only one", extra={"mail": "Okafor"})

    try:
        thread = threading.Thread(target=speak_up, name="call 212-555-0147")
        thread.start()
        thread.join()
    finally:
        undo()
    first, second = clean(lines).splitlines()
    assert first == "[EMAIL] call [PHONE] ('[REDACTED]',) [REDACTED] [REDACTED]"
    assert second == "[REDACTED] [REDACTED] () [REDACTED] [REDACTED]"


class Shown(str):
    """A string that shows itself otherwise than it is."""

    __slots__ = ()

    def __str__(self) -> str:
        return "ann@example.org"


def test_a_string_is_judged_as_it_will_be_shown(lines: io.StringIO) -> None:
    get_secure_logger("tests.shown").info(Shown("fine"))
    assert "[EMAIL]" in lines.getvalue()
    assert "ann@" not in lines.getvalue()


TWO_TRACEBACKS = """Traceback (most recent call last):
  File "a.py", line 3, in f
    raise Odd("Ada")
odd.Odd: Ada
Lee: x

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "b.py", line 4, in <module>
    g()
KeyboardInterrupt"""
TWO_PLACES = """Traceback (most recent call last):
  File "a.py", line 3, in f
odd.Odd: [REDACTED]
Traceback (most recent call last):
  File "b.py", line 4, in <module>
KeyboardInterrupt"""


def failed(words: str) -> ValueError:
    try:
        int(words)
    except ValueError as error:
        return error
    raise AssertionError


@promise("E18", sabotage="secure_logger_without_filter")
def test_an_exception_shows_its_type_and_no_word_wherever_it_is_logged(lines: io.StringIO) -> None:
    words = "Ngozi Okafor of bed nine"
    error = failed(words)
    future: Future[None] = Future()
    future.set_exception(error)
    log = get_secure_logger("tests.words")
    log.error("failed: %s", error)
    log.error("failed: %r", error)
    log.error("failed: %(why)s", {"why": error})
    log.error("failed %d times: %s", 123456789, error)
    log.error("failed %(n)d times: %(why)s", {"n": 123456789, "why": error})
    log.error(error)
    log.error([error, {"deep": (error, error)}])
    log.error("kept", extra={"extra_field": {"e": error, error: 1}})
    log.error("kept", extra={"extra_field": TracebackException.from_exception(error)})
    log.error(f"failed: {error!r}, {future.exception()!r} and {[error]}")  # noqa: G004 - what others write
    log.error("failed: %s", "".join(format_exception(error)))
    log.error("future: <Task finished name='t' exception=Refused('%s', 3)> was left", words)
    text = clean(lines)
    assert not [word for word in ("Ngozi", "bed nine") if word in text], text
    first, second = text.splitlines()[:2]
    assert first == "tests.words failed: ValueError: [REDACTED] -"
    assert second == "tests.words failed: 'ValueError: [REDACTED]' -"
    assert "in failed\nValueError: [REDACTED]" in text
    assert text.count("ValueError") == 16


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("got KeyError(('Ada', f(1), \"Lee\")) twice", "got KeyError([REDACTED]) twice"),
        ("OSError(28, 'No (space)') and (more)", "OSError([REDACTED]) and (more)"),
        ("app.errors.OddError('never closed, Ada Lee", "app.errors.OddError([REDACTED])"),
        ("ValueError() or ValueError", "ValueError() or ValueError"),
        ("handleError(event) was called", "handleError(event) was called"),
        (TWO_TRACEBACKS, TWO_PLACES),
        (
            r'{"e":"Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nValueError: Ada Lee"}',
            r'{"e":"Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nValueError: [REDACTED]',
        ),
    ],
)
def test_an_exception_that_was_written_into_text_shows_no_word_either(text: str, hidden: str) -> None:
    assert sanitize_string(text) == hidden
    assert sanitize_string(hidden) == hidden
