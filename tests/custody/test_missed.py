"""What a person marks is hidden at once, then taken out of the record and its likes; the case stays, without value."""

import json
import os
import random
from uuid import UUID

import pytest
from scene import OPEN_JOBS, Inside, Place, Stage, forked, found_in, until

from privity.custody import Mark, redacting_again
from privity.errors import BadInput, Conflict, NotFound, SealBroken
from privity.gate import Action, resources
from privity.redact import Label, missed
from promises import promise

KEYS = "SELECT row_id FROM keys.record_key WHERE row_id = ANY(%s)"
ROW = "SELECT content, key_rows, findings FROM tenant.conversation WHERE id = %s"
STATE = "SELECT state, shape, cues, cardinality(others) FROM tenant.missed WHERE id = %s"


THINGS = (
    "teapot", "ribbon", "pebble", "thimble", "basket", "candle", "feather", "kettle", "mitten", "pillow", "bucket",
    "ladder", "button", "blanket", "carpet", "curtain", "spoon", "saucer", "pencil", "drawer", "towel", "kennel",
)  # fmt: skip


def unheard_of() -> str:
    """Return words that no rule hides, other ones each time."""
    return " ".join(random.SystemRandom().sample(THINGS, 4))


def letters(words: str) -> str:
    return " ".join("a" * len(word) for word in words.split(" "))


def said(word: str) -> bytes:
    return f"agent: and which ward\ncaller: it is the {word} ward, {word} is downstairs\nagent: right".encode()


async def marked(inside: Inside, conversation: UUID, word: str, turn: int = 1) -> UUID:
    """Mark words by all of them but their first and last letter."""
    text = (await inside.read(conversation)).content.turns[turn].text
    at = text.lower().index(word) + 1
    async with inside.may(Action.CONVERSATION_REDACT, resources.conversation(conversation)) as access:
        mark = Mark(turn=turn, start=at, end=at + len(word) - 2, label=Label.NAME)
        return await inside.installation.missed.mark(access, mark)


async def shown(inside: Inside, conversation: UUID) -> str:
    return str((await inside.read(conversation)).content.redacted_text)


@pytest.mark.slow
@promise("E25", sabotage="marks_wait_for_the_worker")
async def test_what_was_marked_is_shown_to_nobody_from_then_on(held: Place) -> None:
    word = unheard_of()
    async with held.opened() as inside:
        conversation = await inside.bring(said(word))
        await inside.work()
        assert (await shown(inside, conversation)).lower().count(word) == 2, "nothing but the mark hides it"
        mark = await marked(inside, conversation, word)
        assert "it is the [NAME] ward, [NAME] is downstairs" in await shown(inside, conversation)
        assert held.rows(STATE, mark)[0][0] == "pending"
        with pytest.raises(Conflict):
            await marked(inside, conversation, "right", turn=2)
        await inside.work()
        assert held.rows(STATE, mark)[0][0] == "done"
        assert "it is the [NAME] ward, [NAME] is downstairs" in await shown(inside, conversation)
        again = await marked(inside, conversation, "right", turn=2)
        await inside.work()
        assert held.rows(STATE, again)[0][0] == "done"
        assert (await shown(inside, conversation)).endswith("agent: [NAME]")


@pytest.mark.slow
@promise("C24", sabotage="former_keys_stay")
async def test_the_record_and_its_likes_are_sealed_anew_and_their_former_keys_die(held: Place) -> None:
    word, other = unheard_of(), unheard_of()
    async with held.opened() as inside:
        source, like, unlike = [await inside.bring(said(each)) for each in (word, word, other)]
        await inside.work()
        before = {each: held.rows(ROW, each)[0] for each in (source, like, unlike)}
        mark = await marked(inside, source, word)
        await inside.work()
        for each in (source, like):
            [(content, key_rows, findings)] = held.rows(ROW, each)
            assert (len(key_rows), findings) == (1, 2)
            assert content != before[each][0]
            assert word not in (await shown(inside, each)).lower()
            assert held.rows(KEYS, [each, *key_rows], side="keys") == [(key_rows[0],)]
            held.rows("UPDATE tenant.conversation SET content = %s WHERE id = %s RETURNING 1", before[each][0], each)
            with pytest.raises(SealBroken):
                await inside.read(each)
            held.rows("UPDATE tenant.conversation SET content = %s WHERE id = %s RETURNING 1", content, each)
        assert held.rows(ROW, unlike) == [before[unlike]]
        assert other in (await shown(inside, unlike)).lower()
        assert held.rows(STATE, mark) == [("done", letters(word), [], 1)]
        told = [
            json.loads(leaf)["body"]
            for (leaf,) in held.rows(
                "SELECT convert_from(leaf, 'UTF8') FROM ledger.entry WHERE about = %s ORDER BY index", source
            )
        ]
    done = [body for body in told if body.get("missed") == str(mark)]
    assert [(body["action"], body["state"], body["actor"]["kind"]) for body in done] == [
        ("conversation:redact", "pending", "service"),
        ("missed:redact", "done", "worker"),
    ]
    assert (done[1]["others"], done[1]["ids"]) == (1, [str(like)])


@pytest.mark.slow
@promise("E43", sabotage="deletion_forgets_new_keys")
async def test_what_was_sealed_anew_is_deleted_with_all_its_keys(held: Place) -> None:
    word = unheard_of()
    async with held.opened() as inside:
        conversation = await inside.bring(said(word))
        await inside.work()
        mark = await marked(inside, conversation, word)
        await inside.work()
        [(_, key_rows, _)] = held.rows(ROW, conversation)
        assert held.rows(KEYS, key_rows, side="keys")
        await inside.delete(conversation)
        await inside.work()
        assert held.rows(KEYS, [conversation, *key_rows], side="keys") == []
        assert held.rows(STATE, mark) == []
        with pytest.raises(NotFound):
            await inside.read(conversation)


STEPS = {"before another is changed": "seal_anew", "before the record is changed": "hide_mark"}


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
async def test_work_that_is_killed_is_finished_by_the_next(held: Place, step: str) -> None:
    word = unheard_of()
    async with held.opened() as inside:
        source, like = [await inside.bring(said(word)) for _ in range(2)]
        await inside.work()
        mark = await marked(inside, source, word)

    async def killed() -> None:
        async with held.opened() as victim:
            setattr(redacting_again, STEPS[step], lambda *_: os.kill(os.getpid(), 9))
            async with victim.working():
                await until(lambda: False)

    assert forked(killed) == -9, "the worker was not killed where it should be"
    async with held.opened() as inside:
        assert word not in (await shown(inside, source)).lower()
        await inside.work()
        for each in (source, like):
            assert "[NAME] ward" in await shown(inside, each)
    assert held.rows(STATE, mark)[0][0::3] == ("done", 1)
    assert held.rows(OPEN_JOBS) == []


@pytest.mark.slow
@promise("E26", sabotage="cases_keep_their_values")
def test_a_case_is_a_test_without_its_value(stage: Stage) -> None:
    word = unheard_of()
    with stage.serving() as server:
        conversation = server.bring(f"agent: hello\ncaller: the doctor said {word} please".encode())
        environment = {"PRIVITY_URL": server.url, "PRIVITY_TOKEN": server.place.birch.token}
        mark = ("missed", conversation, "--turn", "1", "--label", "NAME", "--json", "--words")
        wrong = stage.command(*mark, f"{word}x", given=b"", **environment)
        assert wrong.returncode == 2
        done = stage.command(*mark, "-", given=word.encode(), **environment)
        assert done.returncode == 0, done.stderr
        server.idle()
        listed = stage.command("missed", "list", "--tenant", "birch", "--json")
        [case] = json.loads(listed.stdout)["cases"]
        assert (case["label"], case["shape"], case["cues"], case["state"]) == ("NAME", letters(word), ["TITLE"], "done")
        told = wrong.stdout + wrong.stderr + done.stdout + done.stderr + listed.stdout + server.log.read_bytes()
        rows = server.place.rows("SELECT row_to_json(m)::text FROM tenant.missed AS m")
        rows += server.place.rows("SELECT row_to_json(j)::text FROM queue.procrastinate_jobs AS j")
        rows += server.place.rows("SELECT convert_from(leaf, 'UTF8') FROM ledger.entry")
        assert word not in f"{told!r}{rows}"
        assert b"agent" not in told
    assert found_in([stage.place.data.path, stage.temporary, stage.outputs], [word]) == {}
    assert found_in([stage.place.data.path], [case["shape"]]), "what is stored can be found"


def test_words_are_found_whole_in_any_case_and_no_label_is_touched() -> None:
    text = "Zorvath  QUAXA, zorvath quaxa's [NAME] and zorvath quaxable name"
    assert [text[a:b] for a, b in missed.occurrences(text, "zorvath quaxa")] == ["Zorvath  QUAXA", "zorvath quaxa"]
    assert [text[a:b] for a, b in missed.occurrences(text, "name")] == ["name"]
    assert missed.occurrences(text, " ") == []
    assert missed.occurrences("so, zorvath, and (zorvath)", "zorvath,") == [(4, 12), (18, 25)]


@pytest.mark.parametrize("span", [(0, 0), (-1, 3), (2, 1), (0, 99), (5, 7), (8, 12)])
def test_places_that_cannot_be_marked_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(BadInput) as refused:
        missed.whole_words("hello, [NAME] there", *span)
    assert "hello" not in str(refused.value)


def test_shapes_hold_nothing_of_a_value() -> None:
    assert missed.shape_of("Ann-Marie O'Neil") == "Aaa-Aaaaa A'Aaaa"
    assert missed.shape_of("four ONE bravo 7 X-12") == "N N N 9 A-99"
    assert set(missed.shape_of("".join(map(chr, range(1, 0x3000))))) <= set("aA9N ./@,'()+:#&_?-")


def test_common_words_are_not_looked_for_elsewhere() -> None:
    everybodys = ("will", "four", "the pain", "four two")
    assert [words for words in everybodys if missed.tells_apart(words)] == []
    telling = ("Zorvath", "4417", "four one two", "summer rain", "will hill", "Will Young")
    assert [words for words in telling if not missed.tells_apart(words)] == []
