"""What the demo works on: the bundled call, what was spoken in it, and a speech model; all of them in a checkout."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

import privity
from privity.errors import Unavailable

_CHECKOUT: Final = Path(privity.__file__).resolve().parent.parent.parent


class _Spoken(msgspec.Struct, frozen=True):
    spoken: str


class _Script(msgspec.Struct, frozen=True):
    values: dict[str, _Spoken]


class Assets(msgspec.Struct, frozen=True):
    """The call, what its script says for each label, and the folder of a model."""

    call: Path
    spoken: Mapping[str, str]
    model: Path


def find_assets(call: Path | None = None) -> Assets:
    """Return the demo's assets; raises Unavailable outside a checkout."""
    folder = _CHECKOUT / "demo"
    if not (folder / "call.flac").exists():
        raise Unavailable("the demo's call is not here", advice="Run the demo from a checkout: `make demo`.")
    spoken: dict[str, str] = {}
    if call is None:
        script = msgspec.json.decode((folder / "call.json").read_bytes(), type=_Script)
        spoken = {label: value.spoken for label, value in script.values.items()}
    return Assets(call or folder / "call.flac", spoken, _model(folder))


def _model(folder: Path) -> Path:
    """Return the folder of the model that `demo/weights.py` checks: a fixture, no part of the product."""
    spec = importlib.util.spec_from_file_location("privity_demo_weights", folder / "weights.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.weights()
    assert isinstance(found, Path)
    return found
