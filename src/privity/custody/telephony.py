"""What faces and wiring take of custody's telephony, in one place."""

from privity.custody.attachments import Attachments, Media, Trace
from privity.custody.card_data import CardData
from privity.custody.delivering import Delivering
from privity.custody.erasing import ERASE, Erasing
from privity.custody.messages import Message, MessageFilter, Messages
from privity.custody.numbers import NumberIndex, Parties, parse_number
from privity.custody.own_numbers import OwnNumber, OwnNumbers
from privity.custody.paging import Ask, Cursor, Cursors, Page
from privity.custody.writing import DELIVER, Draft, Writing

__all__ = [
    "DELIVER",
    "ERASE",
    "Ask",
    "Attachments",
    "CardData",
    "Cursor",
    "Cursors",
    "Delivering",
    "Draft",
    "Erasing",
    "Media",
    "Message",
    "MessageFilter",
    "Messages",
    "NumberIndex",
    "OwnNumber",
    "OwnNumbers",
    "Page",
    "Parties",
    "Trace",
    "Writing",
    "parse_number",
]
