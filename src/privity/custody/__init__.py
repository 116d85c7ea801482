"""Custody: how conversations come in, are worked on, and are read. Only redacted text is ever kept."""

from privity.custody.analysis import Analysis, Keyword, Talk, analysis_of
from privity.custody.channels import Channel, parse_channel
from privity.custody.content import Content, KeptTurn
from privity.custody.conversations import Conversation, Conversations, Opened
from privity.custody.intake import PROCESS, Intake, Received
from privity.custody.marks import Mark
from privity.custody.missed import REDACT_AGAIN, Case, Missed
from privity.custody.processing import Processing
from privity.custody.redacting_again import RedactingAgain
from privity.custody.search import Hit, Searched, SearchIndex

__all__ = [
    "PROCESS",
    "REDACT_AGAIN",
    "Analysis",
    "Case",
    "Channel",
    "Content",
    "Conversation",
    "Conversations",
    "Hit",
    "Intake",
    "KeptTurn",
    "Keyword",
    "Mark",
    "Missed",
    "Opened",
    "Processing",
    "Received",
    "RedactingAgain",
    "SearchIndex",
    "Searched",
    "Talk",
    "analysis_of",
    "parse_channel",
]
