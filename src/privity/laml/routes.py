"""Every route of the compatible face; `privity.api.app` serves them beside its own."""

from typing import Any, Final

from privity.laml import accounts, calls, faxes, media, messages, numbers, recordings

HANDLERS: Final[tuple[Any, ...]] = (
    accounts.list_accounts,
    accounts.read_account,
    accounts.update_account,
    numbers.list_numbers,
    numbers.take_number,
    numbers.read_number,
    numbers.release_number,
    numbers.list_countries,
    numbers.read_country,
    numbers.list_available,
    messages.list_messages,
    messages.read_message,
    messages.create_message,
    messages.update_message,
    messages.delete_message,
    media.list_media,
    media.read_media,
    media.delete_media,
    calls.list_calls,
    calls.create_call,
    calls.read_call,
    calls.update_call,
    calls.delete_call,
    recordings.list_recordings,
    recordings.list_recordings_of_call,
    recordings.start_recording,
    recordings.control_recording,
    recordings.read_recording,
    recordings.delete_recording,
    recordings.list_transcriptions,
    recordings.read_transcription,
    recordings.delete_transcription,
    faxes.list_faxes,
    faxes.create_fax,
    faxes.read_fax,
    faxes.update_fax,
    faxes.delete_fax,
    faxes.list_fax_media,
    faxes.read_fax_media,
    faxes.delete_fax_media,
)
"""Their callers come in by `privity.laml.doorman.BasicDoorman`."""
