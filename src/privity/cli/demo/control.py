"""The control of the demo's search: the same call through the same pipeline, with hiding switched off.

No setting of Privity can do this. It needs code of its own, which stands here and nowhere else: a redactor that hides
nothing and a seal that does not seal, in a scratch installation that is removed at once. What was heard comes from
memory, so that the call is not transcribed twice.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from privity.redact import Redacted, RedactedTurns, Redactor, Style, Turn, WayToHide
from privity.vault import Place, Plaintext, Secret


class _HidesNothing(Redactor):
    """Returns what it is given."""

    def redact_text(self, text: str, _style: Style | WayToHide = Style.LABEL) -> Redacted:
        return Redacted(text=text, spans=())

    def redact_turns(self, turns: Sequence[Turn], _style: Style | WayToHide = Style.LABEL) -> RedactedTurns:
        return RedactedTurns(turns=tuple(turns), spans=tuple(() for _ in turns))


def _seals_nothing(_key: Secret, _place: Place, _key_id: UUID, plaintext: Plaintext, **_: Any) -> bytes:
    """Return the content twice: PostgreSQL cuts long values into pieces, and a cut must not hide a value from us."""
    return bytes(plaintext.reveal()) + b"\n" + bytes(plaintext.reveal())


def _opens_nothing(_key: Secret, _place: Place, _key_id: UUID, stored: bytes) -> Plaintext:
    return Plaintext(stored.partition(b"\n")[0])


@contextmanager
def hiding_off() -> Iterator[tuple[Path, Redactor]]:
    """Give a scratch directory and a redactor that hides nothing; what is stored meanwhile is not sealed."""
    scratch = Path(tempfile.mkdtemp(prefix="privity-control-"))
    try:
        with (
            mock.patch("privity.custody.processing.seal", _seals_nothing),
            mock.patch("privity.custody.sealed_content.open_sealed", _opens_nothing),
        ):
            yield scratch / "data", _HidesNothing()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
