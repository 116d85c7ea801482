"""What `privity init` writes: the keyring, without which nothing sealed can be opened, and a commented privity.toml."""

from typing import Final

from privity.errors import Conflict, Misconfigured
from privity.keys import FileKeyring
from privity.running.directory import DataDirectory
from privity.settings import FILE_NAME

_TOML: Final = """\
# Privity's settings. Every key may also be given as PRIVITY_<KEY>; secrets only that way or as PRIVITY_<KEY>_FILE.
# What is commented out shows its default.

# port = 8440
# log_level = "info"

# Speech: "none" refuses audio. "faster_whisper" needs the extra `speech` and a folder with a model.
# speech_recognizer = "faster_whisper"
# speech_model = "/path/to/model"

# upload_limit = 536870912      # bytes of one recording
# text_limit = 8388608          # bytes of one written conversation
# tenant_key_cache = 60         # seconds, 0 to 300
"""


def require_no_lost_keyring(directory: DataDirectory) -> None:
    """Raise Misconfigured when there is no keyring where there is something that it sealed."""
    if directory.initialised:
        return
    if directory.data_cluster.exists() or directory.key_cluster.exists():
        raise Misconfigured(
            f"the keyring at {directory.keyring} is missing, and there is sealed data beside it",
            advice="Put the keyring back from its safe copy; a new one could not open anything.",
        )


def initialise(directory: DataDirectory) -> None:
    """Make a new data directory; raises Conflict when there is one, Misconfigured when only its keyring is missing."""
    if directory.initialised:
        raise Conflict("this data directory is set up already", advice="Start it with `privity up`.")
    require_no_lost_keyring(directory)
    directory.create()
    FileKeyring.create(directory.keyring)
    settings = directory.path / FILE_NAME
    if not settings.exists():
        settings.write_text(_TOML, encoding="utf-8")
        settings.chmod(0o600)
