"""Numbers that the loopback carrier has to give: in each area code those kept free for fiction, 555-0100 to 0199.

They can be nobody's telephone, so whoever takes one takes nothing from anybody and is sent nothing that was meant for
somebody else. Numbers of other carriers are bought there, and added by an operator.
"""

import re
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.erasing import Erased, Erasing
from privity.custody.numbers import NumberIndex, parse_number
from privity.custody.own_numbers import TABLE, OwnNumber, OwnNumbers
from privity.errors import BadInput, Conflict, NotFound
from privity.gate import Access
from privity.identity import NumberDirectory, release_number
from privity.rules import area_codes

COUNTRIES: Final = {"CA": "Canada", "US": "United States"}
"""Countries that numbers are offered in."""

MOST_OWNED: Final = 100
"""How many numbers a project may have before it is given no more."""

_MOST_OFFERED: Final = 100
_MOST_LOOKED_AT: Final = 300
_OFFERED: Final = re.compile(r"\+1([0-9]{3})55501[0-9]{2}")
_AREA_CODE: Final = re.compile(r"[2-9][0-9]{2}")
_PATTERN: Final = re.compile(r"[+0-9*]{1,16}")
_COUNT: Final = "SELECT count(*) AS count FROM tenant.number WHERE project_id = %s"
_HELD: Final = "SELECT carrier_id FROM tenant.number WHERE id = %s FOR UPDATE"
_RELEASE: Final = "DELETE FROM tenant.number WHERE id = %s"


class NotOffered(BadInput):
    """The number is not one that can be had."""


class Offered(msgspec.Struct, frozen=True):
    """A number that can be had, and the place of its area code, `US-DC`."""

    number: str
    place: str


class _Held(msgspec.Struct, frozen=True):
    carrier_id: UUID | None


class _Count(msgspec.Struct, frozen=True):
    count: int


class OfferedNumbers:
    """Lists, gives and takes back the numbers of the loopback carrier."""

    def __init__(self, own: OwnNumbers, directory: NumberDirectory, index: NumberIndex, erasing: Erasing) -> None:
        self._own = own
        self._directory = directory
        self._index = index
        self._erasing = erasing

    async def listed(
        self, country: str, limit: int, *, area_code: str = "", contains: str = "", place: str = ""
    ) -> list[Offered]:
        """Return numbers of a country that are nobody's, at most `limit` and at most a hundred.

        `contains` is digits, with `*` for any one of them; `place` is a state or province, `DC`.
        Raises BadInput for an area code or a pattern that is none.
        """
        found: list[Offered] = []
        async for offered in self._free(_candidates(country, area_code, contains, place)):
            found.append(offered)
            if len(found) >= min(limit, _MOST_OFFERED):
                break
        return found

    async def take(self, access: Access, number: str, area_code: str, name: str) -> OwnNumber:
        """Give a number to the access's project, the one named or the first that is free in an area code.

        Raises NotOffered when it cannot be had, Conflict when the project has as many as it may have.
        """
        async with access.transaction(settles=False) as tx:
            owned = await tx.fetch_one(_COUNT, (access.project,), into=_Count)
        if owned is not None and owned.count >= MOST_OWNED:
            raise Conflict(f"the project has {MOST_OWNED} numbers", advice="Release those that it does not use.")
        if not number:
            return await self._take_any(access, area_code, name)
        wanted = parse_number(number, "`PhoneNumber`")
        if not _is_offered(wanted):
            raise NotOffered("this number cannot be had here", advice="AvailablePhoneNumbers lists those that can.")
        try:
            made = await self._own.add(access, wanted, name)
        except Conflict:
            raise NotOffered(
                "this number is in use", advice="AvailablePhoneNumbers lists those that are free."
            ) from None
        return await self._own.one(access, made)

    async def release(self, access: Access) -> None:
        """Take back the number that the access is for; what was sent and received by it stays.

        Raises Conflict for a number that an operator has put here: such a one is an operator's to take away.
        """
        own = await self._own.one(access, UUID(access.resource_id))
        async with access.transaction() as tx:
            row = await tx.fetch_one(_HELD, (own.id,), into=_Held)
            if row is None:
                raise NotFound("there is no such number", advice="It may have been released.")
            if row.carrier_id is not None or not _is_offered(own.named.number):
                raise Conflict("an operator has put this number here", advice="An operator takes it away.")
            await tx.execute(_RELEASE, (own.id,))
            await release_number(tx, self._index.across(own.named.number), access.project)
            await self._erasing.order(tx, access, [Erased(TABLE, own.id)])

    async def _take_any(self, access: Access, area_code: str, name: str) -> OwnNumber:
        for country in COUNTRIES:
            async for offered in self._free(_candidates(country, area_code, "", "")):
                try:
                    return await self._own.one(access, await self._own.add(access, offered.number, name))
                except Conflict:  # somebody else was given it in the meantime
                    continue
        raise NotOffered("no number is free there", advice="AvailablePhoneNumbers lists those that are.")

    async def _free(self, candidates: Iterator[Offered]) -> AsyncIterator[Offered]:
        for offered in islice(candidates, _MOST_LOOKED_AT):
            if await self._directory.owner(self._index.across(offered.number)) is None:
                yield offered


def _candidates(country: str, area_code: str, contains: str, place: str) -> Iterator[Offered]:
    """Return every number of a country that there is to give, by area code, whoever has it."""
    if area_code and not _AREA_CODE.fullmatch(area_code):
        raise BadInput("AreaCode is not an area code", advice="Give its three digits.")
    if contains and not _PATTERN.fullmatch(contains):
        raise BadInput("Contains is not a pattern of a number", advice="Give digits, and * for any one of them.")
    pattern = re.compile(re.escape(contains).replace(r"\*", "[0-9]"))
    return (
        Offered(number, where)
        for code, where in sorted(area_codes().items())
        if where.partition("-")[0] == country
        and place in {"", where.partition("-")[2]}
        and area_code in {"", str(code)}
        for number in (f"+1{code}55501{line:02d}" for line in range(100))
        if pattern.search(number)
    )


def _is_offered(number: str) -> bool:
    found = _OFFERED.fullmatch(number)
    return found is not None and int(found[1]) in area_codes()
