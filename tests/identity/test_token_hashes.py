"""How secrets are tested: a wrong one is cheap, a right one costs bcrypt once, and no two are alike."""

import asyncio
import os
from uuid import UUID

import bcrypt
import pytest

from privity.errors import NotAuthenticated
from privity.identity import TokenHashes, TokenText, new_token
from privity.identity.token_hashes import StoredHashes
from privity.vault import Secret
from promises import promise

FEWEST_ROUNDS = 4


def token(secret: bytes) -> TokenText:
    return TokenText(UUID(int=7), "a" * 10, secret)


@pytest.fixture
def hashes() -> TokenHashes:
    return TokenHashes(Secret(bytes(range(32))), rounds=FEWEST_ROUNDS)


@pytest.fixture
def slow_hashes_run(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One element for each time that bcrypt was asked."""
    runs: list[None] = []
    check = bcrypt.checkpw

    def counted(password: bytes, hashed: bytes) -> bool:
        runs.append(None)
        return check(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    return runs


@promise("D52", sabotage="wrong_secrets_cost_bcrypt")
async def test_wrong_secret_never_costs_a_slow_hash(hashes: TokenHashes, slow_hashes_run: list[None]) -> None:
    stored = await hashes.make(os.urandom(32))
    for _ in range(500):
        with pytest.raises(NotAuthenticated):
            await hashes.check(token(os.urandom(32)), stored)
    assert not slow_hashes_run


async def test_wrong_secret_of_a_known_token_is_turned_away_before_its_row_is_read(hashes: TokenHashes) -> None:
    held = new_token(UUID(int=7))
    wrong = TokenText(held.tenant, held.id, os.urandom(32))
    hashes.turn_away(wrong)  # nothing is known yet: the row has to say
    await hashes.check(held, await hashes.make(held.secret))
    hashes.turn_away(held)
    hashes.turn_away(new_token(held.tenant))
    hashes.turn_away(TokenText(UUID(int=8), held.id, wrong.secret))
    with pytest.raises(NotAuthenticated):
        hashes.turn_away(wrong)


async def test_right_secret_costs_one_slow_hash_a_process(hashes: TokenHashes, slow_hashes_run: list[None]) -> None:
    secret = os.urandom(32)
    stored = await hashes.make(secret)
    for _ in range(5):
        await hashes.check(token(secret), stored)
    assert len(slow_hashes_run) == 1
    with pytest.raises(NotAuthenticated):
        await hashes.check(token(os.urandom(32)), stored)


async def test_event_loop_goes_on_during_slow_hashes(hashes: TokenHashes) -> None:
    secret = os.urandom(32)
    stored = await hashes.make(secret)
    checking = asyncio.create_task(hashes.check(token(secret), stored))
    turns = 0
    while not checking.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 1


@promise("D52", sabotage="long_secrets_collide")
async def test_secrets_beyond_72_bytes_do_not_collide(hashes: TokenHashes) -> None:
    one, other = b"x" * 80 + b"1", b"x" * 80 + b"2"
    # The fast hash of one beside the slow hash of the other: only bcrypt is left to tell them apart.
    mixed = StoredHashes((await hashes.make(other)).hash, (await hashes.make(one)).mac)
    with pytest.raises(NotAuthenticated):
        await hashes.check(token(one), mixed)


async def test_both_hashes_have_to_fit(hashes: TokenHashes) -> None:
    one, other = os.urandom(32), os.urandom(32)
    stored, strange = await hashes.make(one), await hashes.make(other)
    for secret in (one, other):
        for mixed in (StoredHashes(stored.hash, strange.mac), StoredHashes(strange.hash, stored.mac)):
            with pytest.raises(NotAuthenticated):
                await hashes.check(token(secret), mixed)


async def test_what_is_stored_is_salted_and_under_the_pepper(hashes: TokenHashes) -> None:
    secret = os.urandom(32)
    first, second = await hashes.make(secret), await hashes.make(secret)
    assert first.hash != second.hash
    assert first.hash.startswith(f"$2b${FEWEST_ROUNDS:02}$")
    other_pepper = TokenHashes(Secret(bytes(32)), rounds=FEWEST_ROUNDS)
    with pytest.raises(NotAuthenticated):
        await other_pepper.check(token(secret), first)
    assert not bcrypt.checkpw(secret, first.hash.encode())
