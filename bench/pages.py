"""What the first page weighs, and what it costs the server beside a page that needs no decision.

An installation is made in a temporary folder, its owner comes in by link and enrols an authenticator app; then the
overview and the page of components are asked for in alternating rounds of the same run, and the fastest round of each
counts. CPU is this process's own; the wall clock holds databases and sequencer too. Sizes are as sent, in gzip.

    .venv/bin/python bench/pages.py [CALLS]
"""

import asyncio
import re
import shutil
import sys
import tempfile
import time
from html import unescape
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
import pyotp

from privity.dashboard import make_site
from privity.identity import Origin, operator_of_this_machine
from privity.platform import Profile
from privity.running import Installation, make_sign_in_link, make_tenant, open_installation

BASE = "http://localhost:8440"
ROUNDS = 5
OWNER = "owner@birch.example"


class Browser:
    """A browser that keeps cookies and says where its forms come from."""

    def __init__(self, site: Any) -> None:
        transport = httpx.ASGITransport(cast("Any", site))
        self._client = httpx.AsyncClient(transport=transport, base_url=BASE)
        self._jar: dict[str, str] = {}

    async def call(self, method: str, path: str, **fields: str) -> httpx.Response:
        """Send a request, with the fields of a form when it is a POST."""
        cookies = "; ".join(f"{name}={value}" for name, value in self._jar.items())
        headers = {"Origin": BASE, "Cookie": cookies, "Accept-Encoding": "gzip"}
        answer = await self._client.request(method, path, data=fields if method == "POST" else None, headers=headers)
        for cookie in answer.headers.get_list("set-cookie"):
            name, value = cookie.partition(";")[0].split("=", 1)
            self._jar[name] = value
        return answer


async def come_in(installation: Installation, browser: Browser) -> None:
    """Sign the owner of a new tenant in, with both factors."""
    operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
    tenant, _ = await make_tenant(installation, operator, name="birch", profile=Profile.CLINIC, owner=OWNER)
    inside = msgspec.structs.replace(operator, tenant=tenant)
    link = (await make_sign_in_link(installation, inside, OWNER)).rpartition("/")[2]
    await browser.call("POST", "/app/enter", link=link)
    offer = unescape((await browser.call("POST", "/app/enrol/authenticator", begin="")).text)
    factor = re.findall(r'name="factor_id" value="([^"]+)"', offer)[0]
    seed = re.findall(r'data-copy="([A-Z2-7]+)"', offer)[0]
    await browser.call("POST", "/app/enrol/authenticator/code", factor_id=factor, code=pyotp.TOTP(seed).now())


async def fastest(browser: Browser, path: str, calls: int) -> tuple[float, float]:
    """Milliseconds of wall clock and of CPU for one call, the mean of a round."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(calls):
        answer = await browser.call("GET", path)
        assert answer.status_code == 200, (path, answer.status_code)
    return (time.perf_counter() - wall) / calls * 1000, (time.process_time() - cpu) / calls * 1000


async def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    folder = Path(tempfile.mkdtemp(prefix="privity-"))
    try:
        async with open_installation(folder / "data") as installation:
            browser = Browser(make_site(installation))
            await come_in(installation, browser)
            page = await browser.call("GET", "/app")
            sizes = {"/app": int(page.headers["content-length"])}
            for address in sorted(set(re.findall(r'"(/app/static/[^"]+)"', page.text))):
                sizes[address.split("/", 4)[4]] = int((await browser.call("GET", address)).headers["content-length"])
            mono = re.findall(r"/app/static/[0-9a-f]+/", page.text)[0] + "fonts/mono.woff2"  # named by the style sheet
            sizes["fonts/mono.woff2"] = int((await browser.call("GET", mono)).headers["content-length"])
            for name, size in sizes.items():
                print(f"{size:7,} B  {name}")
            print(f"{sum(sizes.values()):7,} B  the first page with everything it loads")
            rounds: dict[str, list[tuple[float, float]]] = {"/app": [], "/app/states": []}
            for _ in range(ROUNDS):
                for path, found in rounds.items():
                    found.append(await fastest(browser, path, calls))
            best = {
                path: (min(wall for wall, _ in found), min(cpu for _, cpu in found)) for path, found in rounds.items()
            }
            for path, (wall, cpu) in best.items():
                print(f"{path:12} {wall:6.1f} ms wall, {cpu:6.1f} ms CPU")
            times = best["/app"][1] / best["/app/states"][1]
            print(f"the overview costs {times:.1f} times the CPU of a page without a decision")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    asyncio.run(main())
