"""Every route of the compatible face; `privity.api.app` serves them beside its own."""

from typing import Any, Final

from privity.laml import accounts, media, messages

HANDLERS: Final[tuple[Any, ...]] = (
    accounts.list_accounts,
    accounts.read_account,
    accounts.update_account,
    accounts.list_numbers,
    accounts.read_number,
    accounts.list_available,
    messages.list_messages,
    messages.read_message,
    messages.create_message,
    messages.update_message,
    messages.delete_message,
    media.list_media,
    media.read_media,
    media.delete_media,
)
"""Their callers come in by `privity.laml.doorman.BasicDoorman`."""
