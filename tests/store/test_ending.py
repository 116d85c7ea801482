"""Tasks that run until they are cancelled end, also when a cancellation is lost on the way."""

import asyncio
import sys

import pytest

from privity.store import end_tasks


async def test_a_cancellation_that_is_lost_is_asked_again() -> None:
    rounds: list[str] = []

    async def write_for_ever() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            rounds.append("went on")  # as `wait_for` does on Python 3.11 when what it waits for comes in the same turn
        await asyncio.sleep(60)

    task = asyncio.create_task(write_for_ever())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task], timeout=0.05)
    assert (rounds, task.done()) == (["went on"], False), "one cancellation was not enough"
    async with asyncio.timeout(30):
        await end_tasks(task, again_after=0.05)
    assert task.cancelled()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="later versions keep the cancellation")
async def test_the_wait_of_the_pool_loses_one() -> None:
    given: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def lend() -> None:
        await asyncio.wait_for(given, 60)
        await asyncio.sleep(60)

    task = asyncio.create_task(lend())
    await asyncio.sleep(0)
    given.set_result("a connection")
    task.cancel()
    await asyncio.wait([task], timeout=0.05)
    assert not task.done()
    async with asyncio.timeout(30):
        await end_tasks(task, again_after=0.05)


async def test_what_a_task_does_at_its_end_is_waited_for_and_what_it_raised_is_dropped() -> None:
    written = []

    async def write_once_more() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            written.append("the last")

    async def fail() -> None:
        raise ValueError

    tasks = [asyncio.create_task(write_once_more()), asyncio.create_task(fail())]
    await asyncio.sleep(0)
    await end_tasks(*tasks, again_after=30)
    assert written == ["the last"]
    assert isinstance(tasks[1].exception(), ValueError)
