"""Dialogues as they are typed: stations, airports and towns without a capital, and what surrounds an address."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Agent: A bus leaves Penn Station at noon.", "Agent: A bus leaves [LOCATION] at noon."),
        ("Agent: It goes from Tulip Street Station.", "Agent: It goes from [LOCATION]."),
        ("Caller: From Kings Cross to South Station.", "Caller: From [LOCATION] to [LOCATION]."),
        ("Caller: We land at Dulles or at Hartsville Airport.", "Caller: We land at [LOCATION] or at [LOCATION]."),
        ("caller: i leave from grand central", "caller: i leave from [LOCATION]"),
        ("Agent: The Gas Station and the Police Station.", "Agent: The Gas Station and the Police Station."),
        ("Agent: We booked Motel 6 Airport.", "Agent: We booked Motel 6 Airport."),
        ("Agent: Which terminal?\nCaller: No idea.", "Agent: Which terminal?\nCaller: No idea."),
        ("Caller: What is the forecast for sausalito?", "Caller: What is the forecast for [LOCATION]?"),
        ("Agent: Where to?\nCaller: I live in tacoma.", "Agent: Where to?\nCaller: I live in [LOCATION]."),
        ("Caller: A hotel in la, please.", "Caller: A hotel in [LOCATION], please."),
        ("Agent: Where?\nCaller: Departing NYC on Friday.", "Agent: Where?\nCaller: Departing [LOCATION] on Friday."),
        ("Caller: It is in person, in total, in stock.", "Caller: It is in person, in total, in stock."),
        ("Agent: Ride to 88 Elmwood Street suite 4 and 3 passengers.", "Agent: Ride to [ADDRESS] and 3 passengers."),
        ("Agent: Sharing 402 Larkfield Court with Ines.", "Agent: Sharing [ADDRESS] with [NAME]."),
        ("Agent: One's at 31 Willow Road in Tulsa.", "Agent: One's at [ADDRESS] in [LOCATION]."),
        ("Agent: I have Okafor Daniel in Tulsa.", "Agent: I have [NAME] in [LOCATION]."),
        ("Agent: Try Brookfield Pet Clinic, they are open.", "Agent: Try [LOCATION], they are open."),
        ("Agent: I found Alissa Moreno psyd in Tulsa.", "Agent: I found [NAME] in [LOCATION]."),
        ("Agent: Where?\nCaller: It is in sydney, australia.", "Agent: Where?\nCaller: It is in [LOCATION]."),
        ("Agent: Tickets are booked, order 55120934.", "Agent: Tickets are booked, order 55120934."),
    ],
)
def test_places_are_hidden_as_they_are_typed(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown
