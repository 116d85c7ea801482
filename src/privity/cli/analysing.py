"""`privity analyse`: what can be told of a conversation's redacted text."""

import asyncio

from privity.cli.conversations import Tenant
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_table
from privity.cli.session import open_session
from privity.custody import Analysis
from privity.ids import parse_id


def analyse(conversation: str, /, *, tenant: Tenant = None, options: Options = DEFAULT) -> None:
    """Count what was said in one conversation and by whom, and show what fair housing law speaks of."""
    chosen = parse_id(conversation, "the conversation's id")

    async def act() -> Analysis:
        async with open_session(options.data, tenant, about=chosen) as session:
            return await session.analyse(chosen)

    counted = asyncio.run(act())
    if options.json:
        print_json(counted)
        return
    facts = [("turns", str(counted.turns)), ("words", str(counted.words)), ("questions", str(counted.questions))]
    if counted.duration_ms is not None:
        facts.append(("length", f"{counted.duration_ms / 1000:.0f} s, {counted.words_per_minute} words a minute"))
    facts.append(("hidden", str(counted.hidden)))
    facts.append(
        ("fair housing", f"statements to look at: {len(counted.housing)}" if counted.housing else "nothing found")
    )
    facts.append(("keywords", " · ".join(f"{each.word} {each.count}" for each in counted.keywords) or "none"))
    print_facts(facts)
    console().print()
    rows = [
        [each.speaker, str(each.turns), str(each.words), f"{each.share:.0%}", str(each.questions)]
        for each in counted.talk
    ]
    print_table(["speaker", "turns", "words", "share", "questions"], rows)
    if counted.housing:
        console().print()
        said = [
            [
                str(each.turn + 1),
                each.speaker,
                *map(_in_words, (each.kind, ", ".join(each.classes))),
                each.action,
                each.said,
            ]
            for each in counted.housing
        ]
        print_table(["turn", "speaker", "housing", "class", "rule asks to", "words"], said)


def _in_words(name: str) -> str:
    return name.replace("_", " ") or "–"
