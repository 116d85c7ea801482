"""Custody: how conversations come in, are worked on, and are read. Only redacted text is ever kept."""

from privity.custody.channels import Channel, parse_channel
from privity.custody.content import Content, KeptTurn
from privity.custody.conversations import Conversation, Conversations, Opened
from privity.custody.intake import PROCESS, Intake, Received
from privity.custody.processing import Processing

__all__ = [
    "PROCESS",
    "Channel",
    "Content",
    "Conversation",
    "Conversations",
    "Intake",
    "KeptTurn",
    "Opened",
    "Processing",
    "Received",
    "parse_channel",
]
