"""What was said of homes and the people in them that fair housing law speaks of, by whom and where, in redacted text.

It tells of statements in conversations that have been held; nothing is kept from anybody by it. Of callers' words it is
context: a preference that a caller states binds nobody, and the answer to it does.
"""

from typing import Final

import msgspec

from privity.custody.content import Content
from privity.rules import fair_housing

_ANYWHERE: Final = frozenset(
    {fair_housing.Kind.STEERING, fair_housing.Kind.BLOCKBUSTING, fair_housing.Kind.UNAVAILABLE}
)


class HousingStatement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement: who made it in which turn, its place there in code points, its words, and the rule that it meets.

    Turns are counted from 0; place and words are those of the redacted text. `action` is what the rule asks for before
    such words are sent: block, rewrite or flag.
    """

    turn: int
    speaker: str
    start: int
    end: int
    said: str
    rule: str
    kind: fair_housing.Kind
    classes: list[str]
    action: fair_housing.Action
    source: str


def housing_statements(content: Content) -> list[HousingStatement]:
    """Return the statements in a conversation, in order.

    Steering and its like are found anywhere; preferences, limitations and what may stand for them only in conversations
    that speak of homes.
    """
    found = [
        (number, turn, each) for number, turn in enumerate(content.turns) for each in fair_housing.findings(turn.text)
    ]
    if not found:
        return []
    homes = fair_housing.speak_of_homes(turn.text for turn in content.turns)
    return [
        HousingStatement(
            turn=number,
            speaker=turn.speaker,
            start=each.start,
            end=each.end,
            said=turn.text[each.start : each.end],
            rule=each.rule,
            kind=each.kind,
            classes=list(each.classes),
            action=each.action,
            source=each.source,
        )
        for number, turn, each in found
        if homes or each.kind in _ANYWHERE
    ]
