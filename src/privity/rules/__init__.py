"""Law as versioned data and pure functions that decide by it, with the ids of the rules that they went by.

No I/O beyond reading the tables that ship with the package; nothing here is legal advice.
"""

from privity.rules.announcements import Announcement, announcement, announcements
from privity.rules.answers import Answer, answer_in, objects_in
from privity.rules.fair_housing import HousingFinding
from privity.rules.places import UNKNOWN, area_codes, parse_place, place_of
from privity.rules.recording import Demand, Law, demand_of, laws

__all__ = [
    "UNKNOWN",
    "Announcement",
    "Answer",
    "Demand",
    "HousingFinding",
    "Law",
    "announcement",
    "announcements",
    "answer_in",
    "area_codes",
    "demand_of",
    "laws",
    "objects_in",
    "parse_place",
    "place_of",
]
