"""`privity demo`: the main job on the bundled call, every claim tried on the spot.

The call is heard, hidden, sealed and shown; its spoken values are looked for in every byte that was written, and so
that the search proves something it is run again where hiding was switched off. The log is verified offline, then
tampered with on a copy; a deleted record is looked for in a restored copy.
"""

import asyncio
import time
from pathlib import Path

from privity.cli.demo.assets import find_assets
from privity.cli.demo.report import print_report, report_json
from privity.cli.demo.scenes import play
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_json


def demo(*, call: Path | None = None, options: Options = DEFAULT) -> int:
    """Show the main job on the bundled call.

    Parameters
    ----------
    call
        Another recording to use instead; its spoken values are then not looked for.
    """
    began = time.monotonic()
    assets = find_assets(call)
    shown = asyncio.run(play(options.data, assets, None if options.json else print_report))
    if options.json:
        print_json(report_json(shown, time.monotonic() - began))
    return 0 if shown.holds else 1
