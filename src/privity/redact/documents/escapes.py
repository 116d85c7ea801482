r"""Signs as addresses, scripts and styles write them: "%34", "\u0034", "\x34", "\34 ", and texts put together with "+".

What stands in a page so is no less readable for whoever decodes it, so it is judged once more as it reads decoded.
"""

import re
from typing import Final
from urllib.parse import unquote

from privity.redact.documents.mapped import Mapped

_ESCAPED: Final = re.compile(
    r"(?P<address>%[0-7][0-9a-fA-F]|(?:%[89a-fA-F][0-9a-fA-F])+)"
    r"|\\u(?P<unit>[0-9a-fA-F]{4})|\\u\{(?P<point>[0-9a-fA-F]{1,6})\}|\\x(?P<octet>[0-9a-fA-F]{2})"
    r"|\\(?P<style>[0-9a-fA-F]{1,6})[ \t\n]?"
    r"|(?P<joined>[\"'`]\s{0,20}\+\s{0,20}[\"'`])"
)
_OF_QUERY: Final = re.compile(rf"{_ESCAPED.pattern}|(?P<blank>(?<=[0-9A-Za-z])\+(?=[0-9A-Za-z]))")

_RUN: Final = re.compile(r"(?:\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})|%[0-9a-fA-F]{2}){4}")


def holds_run(text: str) -> bool:
    """Tell whether escapes stand in a row: in what people read a single one is none."""
    return ("\\" in text or "%" in text) and _RUN.search(text) is not None


def decoded(text: Mapped) -> Mapped | None:
    """Return a mapped text with its escapes decoded, or None where it has none."""
    return text.read_as(_OF_QUERY if "?" in text.text else _ESCAPED, _sign)


def _sign(escape: re.Match[str]) -> str:
    if escape["address"]:
        return unquote(escape["address"], errors="replace")
    if escape["joined"]:
        return ""
    told = escape["unit"] or escape["point"] or escape["octet"] or escape["style"]
    if told is None:
        return " "  # a blank of a query
    code = int(told, 16)
    return chr(code) if code <= 0x10FFFF else " "
