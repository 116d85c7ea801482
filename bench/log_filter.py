"""The log filter: what a line costs beside the same line without it, in the same run.

.venv/bin/python bench/log_filter.py
"""

import logging
import time

from privity.log_filter import get_secure_logger, sanitize_string

LINES = {
    "nothing to hide": "GET /v1/conversations/{id} answered 200 in 12 ms",
    "plain words": "the worker has started and waits for jobs",
    "an e-mail, an address, a password": "reset for ann@example.org from 203.0.113.9 password=hunter2",
    "a card among words": "payment of 12.50 with 4111 1111 1111 1111 was refused by the bank",
}
ROUNDS = 3000


def seconds(log: "logging.Logger | logging.LoggerAdapter[logging.Logger]", line: str) -> float:
    start = time.process_time()
    for _ in range(ROUNDS):
        log.info(line)
    return time.process_time() - start


def main() -> None:
    plain = logging.getLogger("plain")
    for logger in (plain, logging.getLogger("secure")):
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        logger.setLevel(logging.INFO)
    secure = get_secure_logger("secure")
    for name, line in LINES.items():
        without, with_filter = seconds(plain, line), seconds(secure, line)
        microseconds = 1e6 * with_filter / ROUNDS
        print(
            f"{name:<36} {microseconds:6.1f} µs a line, {with_filter / without:5.1f} times a line that is not looked at"
        )
    wall = "1 " * 30_000
    start = time.process_time()
    sanitize_string(wall)
    print(f"{'a wall of 60,000 characters':<36} {1e3 * (time.process_time() - start):6.1f} ms")


if __name__ == "__main__":
    main()
