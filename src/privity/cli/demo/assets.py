"""What the demo works on: the bundled call, what was spoken in it, and a speech model; all of them in a checkout."""

import importlib.util
from pathlib import Path
from typing import Final

import msgspec

import privity
from privity.errors import Unavailable

_CHECKOUT: Final = Path(privity.__file__).resolve().parent.parent.parent


class SpokenValue(msgspec.Struct, frozen=True):
    """One identifier of the call: its label and the forms in which it could have been written down."""

    label: str
    forms: tuple[str, ...]


class Assets(msgspec.Struct, frozen=True):
    """The call, its spoken values, and the folder of a model."""

    call: Path
    values: tuple[SpokenValue, ...]
    model: Path


def find_assets(call: Path | None = None) -> Assets:
    """Return the demo's assets; raises Unavailable outside a checkout or without the extra `speech`."""
    folder = _CHECKOUT / "demo"
    if not (folder / "call.flac").exists():
        raise Unavailable("the demo's call is not here", advice="Run the demo from a checkout: `make demo`.")
    values = () if call else msgspec.json.decode((folder / "call.json").read_bytes(), type=tuple[SpokenValue, ...])
    return Assets(call or folder / "call.flac", values, _model(folder))


def _model(folder: Path) -> Path:
    """Return the folder of the model that `demo/weights.py` checks: a fixture, no part of the product."""
    spec = importlib.util.spec_from_file_location("privity_demo_weights", folder / "weights.py")
    assert spec is not None
    assert spec.loader is not None
    weights = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(weights)
    found = weights.weights_folder()
    assert isinstance(found, Path)
    return found
