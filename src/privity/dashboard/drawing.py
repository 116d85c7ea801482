"""Drawing pages: Jinja2 with escaping everywhere, undefined names as errors, and no logic that decides anything."""

from datetime import datetime
from typing import Any, Final

import jinja2

from privity.clock import Clock
from privity.dashboard import icons, times, words
from privity.dashboard.assets import Assets

_THOUSANDS: Final = "{:,}"


class Drawing:
    """Draws templates of this room."""

    def __init__(self, assets: Assets, clock: Clock) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.PackageLoader("privity.dashboard"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["capitalize_first"] = words.capitalized
        self._environment.globals.update(
            asset=assets.url,
            icon=icons.icon,
            mark=icons.mark,
            short=words.short,
            initials=words.initials,
            exact=times.exact,
            day=times.day,
            clock=times.clock,
            span=times.span,
            position=times.position,
            relative=lambda moment: times.relative(moment, clock.now()),
            iso=_iso,
            thousands=_THOUSANDS.format,
        )

    def draw(self, template: str, **facts: Any) -> bytes:
        """Return the page as UTF-8."""
        return self._environment.get_template(template).render(facts).encode()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
