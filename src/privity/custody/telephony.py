"""What faces and wiring take of custody's telephony, in one place."""

from privity.custody.attachments import Attachments, Media, Trace
from privity.custody.between import Between
from privity.custody.bringing_in import BringingIn, PastFax, PastMessage, PastRecording
from privity.custody.bulk import REDACT, BulkRedaction, Redaction
from privity.custody.call_consent import Happened
from privity.custody.call_events import CallEvents, NotedEvent, NotLive
from privity.custody.calls import Call, CallFilter, Calls
from privity.custody.card_data import CardData
from privity.custody.carried import Carrying
from privity.custody.carried_calls import ASKED, CarriedCalls, HeardCall
from privity.custody.consent_record import ConsentRecord, Taken, consent_of_call, consent_of_recording
from privity.custody.consenting import Consenting, Heard, Standing, parse_answer
from privity.custody.delivering import Delivering
from privity.custody.erasing import CERTIFY, ERASE, Erasing
from privity.custody.fax_delivering import FETCH_FAX, FaxDelivering
from privity.custody.faxes import CARRY_FAX, DELIVER_FAX, Fax, FaxDraft, Faxes, FaxFilter
from privity.custody.hearing import FETCH, HeardMessage, Hearing
from privity.custody.imported import Expected, Imported, ImportedRecords, Kind, Source
from privity.custody.links import LIFE, Link, Links
from privity.custody.listening import Listening, TranscriptionRow
from privity.custody.live_calls import SETTLE, LiveCalls
from privity.custody.media_links import MediaLink, MediaLinks
from privity.custody.message_log import LoggedRow, MessageLog
from privity.custody.messages import Message, MessageFilter, Messages
from privity.custody.numbers import NotOwnNumber, NumberIndex, Parties, parse_number
from privity.custody.offered_numbers import COUNTRIES, NotOffered, Offered, OfferedNumbers
from privity.custody.own_numbers import OwnNumber, OwnNumbers
from privity.custody.paging import Ask, Cursor, Cursors, Page, page_within
from privity.custody.payments import CardMetadata, Payment, Payments
from privity.custody.recorder import Pausing, State, pauses_of
from privity.custody.recordings import Recording, RecordingLaw, Recordings
from privity.custody.renditions import FileFormat
from privity.custody.writing import CARRY, DELIVER, Draft, Writing, segments_of

__all__ = [
    "ASKED",
    "CARRY",
    "CARRY_FAX",
    "CERTIFY",
    "COUNTRIES",
    "DELIVER",
    "DELIVER_FAX",
    "ERASE",
    "FETCH",
    "FETCH_FAX",
    "LIFE",
    "REDACT",
    "SETTLE",
    "Ask",
    "Attachments",
    "Between",
    "BringingIn",
    "BulkRedaction",
    "Call",
    "CallEvents",
    "CallFilter",
    "Calls",
    "CardData",
    "CardMetadata",
    "CarriedCalls",
    "Carrying",
    "ConsentRecord",
    "Consenting",
    "Cursor",
    "Cursors",
    "Delivering",
    "Draft",
    "Erasing",
    "Expected",
    "Fax",
    "FaxDelivering",
    "FaxDraft",
    "FaxFilter",
    "Faxes",
    "FileFormat",
    "Happened",
    "Heard",
    "HeardCall",
    "HeardMessage",
    "Hearing",
    "Imported",
    "ImportedRecords",
    "Kind",
    "Link",
    "Links",
    "Listening",
    "LiveCalls",
    "LoggedRow",
    "Media",
    "MediaLink",
    "MediaLinks",
    "Message",
    "MessageFilter",
    "MessageLog",
    "Messages",
    "NotLive",
    "NotOffered",
    "NotOwnNumber",
    "NotedEvent",
    "NumberIndex",
    "Offered",
    "OfferedNumbers",
    "OwnNumber",
    "OwnNumbers",
    "Page",
    "Parties",
    "PastFax",
    "PastMessage",
    "PastRecording",
    "Pausing",
    "Payment",
    "Payments",
    "Recording",
    "RecordingLaw",
    "Recordings",
    "Redaction",
    "Source",
    "Standing",
    "State",
    "Taken",
    "Trace",
    "TranscriptionRow",
    "Writing",
    "consent_of_call",
    "consent_of_recording",
    "page_within",
    "parse_answer",
    "parse_number",
    "pauses_of",
    "segments_of",
]
