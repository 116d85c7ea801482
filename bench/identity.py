"""What it costs to know who is asking, and whether wrong secrets slow anybody down.

An installation is made in a temporary folder. Costs are CPU of this process a call, fastest of several rounds in
alternation; the database's own work is apart. The last part calls with a right token while another task sends wrong
secrets for a valid token id, as fast as it can and then at 1000 a second, and looks how late the event loop gets.

    .venv/bin/python bench/identity.py [CALLS]
"""

import asyncio
import copy
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import bcrypt
import msgspec

from privity.clock import SystemClock
from privity.errors import NotAuthenticated
from privity.gate import Action, resources
from privity.identity import Factor, Origin, Role, Scope, SignedTexts, Standing, TokenText, operator_of_this_machine
from privity.identity.cookies import SESSION
from privity.identity.people import add_session
from privity.identity.sessions import _claims, person_signing_in
from privity.platform import Profile
from privity.running import Installation, make_tenant, make_token, open_installation, person_of
from privity.vault import Secret

ROUNDS = 5


async def cpu(act: Callable[[], Awaitable[object]], calls: int) -> float:
    """Microseconds of this process's CPU a call."""
    began = time.process_time()
    for _ in range(calls):
        await act()
    return (time.process_time() - began) / calls * 1e6


async def main(calls: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="privity-bench-"))
    try:
        async with open_installation(folder / "data") as installation:
            await measure(installation, calls)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def measure(installation: Installation, calls: int) -> None:  # noqa: C901 - one act after another
    origin = Origin(request_id=installation.ids.new())
    operator = operator_of_this_machine(None, origin)
    tenant, _ = await make_tenant(installation, operator, name="birch", profile=Profile.CLINIC, owner="o@birch.example")
    inside = msgspec.structs.replace(operator, tenant=tenant)
    token = (await make_token(installation, inside, scopes=frozenset(Scope), name="bench")).text
    owner = await person_of(installation, inside, "o@birch.example")

    standing = Standing(role=Role.OWNER, every_project=True)
    caller = person_signing_in(tenant, owner, standing, Factor.MAIL, origin, enrolled=False)
    session, now = installation.ids.new(), installation.clock.now()
    ends = now + timedelta(hours=24)
    async with installation.gate.open(caller, Action.SESSION_START, resources.own_tenant()) as access:
        async with access.transaction() as tx:
            await add_session(tx, session, owner, [Factor.MAIL], at=now, until=ends, came_from=b"")
    cookies = installation.sessions.cookies(msgspec.structs.replace(caller, session=session), 1, ends)
    cookie = next(each.value for each in cookies if each.name == SESSION)

    signed = SignedTexts(Secret(bytes(32)), "bench", SystemClock())
    text = signed.make({"tid": str(tenant), "sub": str(owner), "sid": str(session), "gen": 1}, timedelta(minutes=5))

    async def read_text() -> object:
        return signed.read(text)

    async def read_row() -> object:
        return await installation.sessions.expires_at(msgspec.structs.replace(caller, session=session))

    async def person() -> object:
        return await installation.sessions.check(cookie, origin)

    async def service() -> object:
        return await installation.authenticator.bearer(f"Bearer {token}", origin)

    async def person_beyond_the_row() -> object:
        return await beside.check(cookie, origin)

    async def new_person_beyond_the_row() -> object:
        beside._access._verified.clear()  # noqa: SLF001 - as if the cookie had never been seen
        return await beside.check(cookie, origin)

    known = TokenText.parse(token)
    wrong = TokenText(known.tenant, known.id, bytes(32)).reveal()

    async def wrong_secret() -> None:
        try:
            await installation.authenticator.bearer(f"Bearer {wrong}", origin)
        except NotAuthenticated:
            return
        raise AssertionError("a wrong secret was taken")

    beside = copy.copy(installation.sessions)
    claims = _claims(beside._access.read(cookie))  # noqa: SLF001 - a row that is given costs nothing
    found = await beside._found(claims.tid, claims.sid)  # noqa: SLF001 - as above

    async def given(*_: object) -> object:
        return found

    vars(beside)["_found"] = given
    acts = {
        "signed text": read_text,
        "row": read_row,
        "cookie, the row given": person_beyond_the_row,
        "the same, seen first": new_person_beyond_the_row,
        "cookie": person,
        "token": service,
        "wrong secret": wrong_secret,
    }
    best = dict.fromkeys(acts, float("inf"))
    for _ in range(ROUNDS):
        for name, act in acts.items():
            best[name] = min(best[name], await cpu(act, calls))
    print("CPU of this process a call, microseconds")
    for name, cost in best.items():
        print(f"  {name:<22} {cost:8.0f}")
    salt = bcrypt.gensalt(10)
    began = time.process_time()
    bcrypt.hashpw(b"x" * 44, salt)
    slow = (time.process_time() - began) * 1e6
    print(
        f"  bcrypt, once a process and token, in a thread: {slow:.0f} = {slow / best['wrong secret']:.0f} wrong secrets"
    )
    await under_attack(service, wrong_secret, calls)


async def under_attack(right: Callable[[], Awaitable[object]], wrong: Callable[[], Awaitable[Any]], calls: int) -> None:
    """Print how long a right call takes alone and beside 1000 wrong secrets a second, and how late the loop is."""

    async def attack() -> None:
        due = time.perf_counter()
        while True:
            due += 0.001
            await wrong()
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    async def lateness(worst: list[float]) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            worst.append(time.perf_counter() - began - 0.001)

    print("a right token's call, milliseconds by the wall clock (median, 99th), and the loop's lateness (99th)")
    found: list[tuple[float, float]] = []
    for name, attackers in (("alone", 0), ("beside 1000 wrong secrets a second", 1)):
        late: list[float] = []
        others = [asyncio.create_task(attack()) for _ in range(attackers)] + [asyncio.create_task(lateness(late))]
        spans = []
        for _ in range(calls):
            began = time.perf_counter()
            await right()
            spans.append((time.perf_counter() - began) * 1e3)
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        spans.sort()
        late.sort()
        median, slowest = spans[len(spans) // 2], spans[int(len(spans) * 0.99)]
        found.append((median, slowest))
        print(f"  {name:<36} {median:6.2f} {slowest:6.2f}   {late[int(len(late) * 0.99)] * 1e3:6.2f}")
    (alone, alone_99), (beside, beside_99) = found
    print(f"  {'ratio':<36} {beside / alone:6.2f} {beside_99 / alone_99:6.2f}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
