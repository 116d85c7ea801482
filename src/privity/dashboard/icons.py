"""Icons, drawn on a grid of 16 with strokes; one shape a meaning, and always beside a word."""

from typing import Final

from markupsafe import Markup

_SHAPES: Final = {
    "overview": "<path d='M2.5 4h11M2.5 8h7M2.5 12h9'/>",
    "conversation": "<path d='M2.5 3.5h11V11H8l-3 2.5V11H2.5z'/>",
    "message": "<path d='M2.5 3.5h11v8h-6L4.5 14v-2.5h-2zM5 6.5h6M5 8.8h4'/>",
    "fax": "<path d='M4.5 6V2.5h7V6M2.5 6h11v6.5h-11zM5 9.5h3M10.5 9.5h.6'/>",
    "call": "<path d='M4.2 2.5l2 .3.7 2.9-1.4 1.2c.8 1.6 2 2.8 3.6 3.6l1.2-1.4 2.9.7.3 2c0 1-.8 1.7-1.8 1.7"
    "C6.5 13.2 2.8 9.5 2.5 4.3c0-1 .7-1.8 1.7-1.8z'/>",
    "card": "<rect x='1.8' y='3.5' width='12.4' height='9' rx='1.5'/><path d='M1.8 6.5h12.4M4.5 10h3'/>",
    "recording": "<circle cx='8' cy='8' r='5.5'/><circle class='solid' cx='8' cy='8' r='2'/>",
    "number": "<path d='M6 2.5L4.8 13.5M11.2 2.5L10 13.5M2.8 5.8h11M2.2 10.2h11'/>",
    "webhook": "<path d='M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5M9.3 3.5l-2.6 9'/>",
    "person": "<circle cx='8' cy='5.5' r='2.5'/><path d='M3 13.5c.6-2.8 2.6-4 5-4s4.4 1.2 5 4'/>",
    "people": "<circle cx='6' cy='5.5' r='2.25'/><path d='M1.8 13c.5-2.5 2.1-3.6 4.2-3.6s3.7 1.1 4.2 3.6"
    "M10.6 3.6a2.1 2.1 0 0 1 0 4M12 9.8c1.2.5 1.9 1.6 2.2 3.2'/>",
    "bot": "<rect x='3' y='5.5' width='10' height='7.5' rx='2'/><path d='M8 3v2.5M6 8.8v.9M10 8.8v.9'/>",
    "worker": "<circle cx='8' cy='8' r='5.5'/><path d='M8 5v3.2l2 1.3'/>",
    "terminal": "<rect x='2' y='3' width='12' height='10' rx='1.5'/><path d='M4.8 6l2 2-2 2M8.5 10.2h2.7'/>",
    "stranger": "<circle cx='8' cy='8' r='5.5'/><path d='M6.4 6.5a1.7 1.7 0 1 1 2.4 1.6c-.6.3-.8.6-.8 1.2M8 11.2v.1'/>",
    "decision": "<circle cx='4' cy='8' r='1.75'/><circle cx='12' cy='4' r='1.75'/><circle cx='12' cy='12' r='1.75'/>"
    "<path d='M5.6 7.2l4.8-2.4M5.6 8.8l4.8 2.4'/>",
    "ledger": "<path d='M8 2.5l6 3-6 3-6-3zM2.4 8.4L8 11.2l5.6-2.8M2.4 11L8 13.8l5.6-2.8'/>",
    "key": "<circle cx='5' cy='11' r='2.5'/><path d='M6.8 9.2l6-6M10.6 5.4l2 2'/>",
    "shield": "<path d='M8 2l5 1.8v4c0 3-2 5-5 6.2-3-1.2-5-3.2-5-6.2v-4z'/>",
    "verified": "<path d='M8 2l5 1.8v4c0 3-2 5-5 6.2-3-1.2-5-3.2-5-6.2v-4zM5.8 8l1.6 1.6 2.9-3.3'/>",
    "policy": "<path d='M4 2h5.5l3 3v9H4zM6.5 8h4M6.5 10.5h4'/>",
    "settings": "<circle cx='8' cy='8' r='2'/><path d='M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6L5 5M11 11l1.4 1.4"
    "M3.6 12.4L5 11M11 5l1.4-1.4'/>",
    "lock": "<rect x='3.5' y='7' width='9' height='6.5' rx='1.5'/><path d='M5.5 7V5a2.5 2.5 0 0 1 5 0v2'/>",
    "copy": "<rect x='5.5' y='5.5' width='8' height='8' rx='1.5'/>"
    "<path d='M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5'/>",
    "search": "<circle cx='7' cy='7' r='4.25'/><path d='M10.2 10.2l3.3 3.3'/>",
    "warning": "<path d='M8 2.5l6 10.8H2zM8 6.5v3.2M8 11.5v.1'/>",
    "allowed": "<path d='M3.5 8.5l3 3 6-7'/>",
    "denied": "<circle cx='8' cy='8' r='5.5'/><path d='M4.2 4.2l7.6 7.6'/>",
    "waiting": "<circle cx='8' cy='8' r='5.5'/><path d='M8 5v3.2l2 1.3'/>",
    "none": "<path d='M4.5 8h7'/>",
    "delete": "<path d='M3 4.5h10M6.3 4.5V3h3.4v1.5M4.3 4.5l.6 9h6.2l.6-9M6.7 7v4M9.3 7v4'/>",
    "download": "<path d='M8 2.5v7.5M4.8 7.2L8 10.4l3.2-3.2M3 13.5h10'/>",
    "next": "<path d='M6 3.5L10.5 8 6 12.5'/>",
    "menu": "<path d='M2.5 4.5h11M2.5 8h11M2.5 11.5h11'/>",
    "replay": "<path d='M12.8 6.5A5 5 0 1 0 13 9M13 3v3.5H9.5'/>",
    "add": "<path d='M8 3.5v9M3.5 8h9'/>",
    "passkey": "<path d='M4.5 12.5c.8-1.4 1-2.8 1-4.3a2.5 2.5 0 0 1 5 0c0 1.8-.2 3.4-.9 5M8 8.2c0 2-.3 3.8-1.2 5.4"
    "M3 9.5a5 5 0 0 1 8.5-5M13 7.5c.1 1.6 0 3-.3 4.4'/>",
    "device": "<rect x='2.5' y='3' width='11' height='7.5' rx='1'/><path d='M1.5 13h13'/>",
    "mail": "<rect x='2' y='3.5' width='12' height='9' rx='1.5'/><path d='M2.5 4.5L8 9l5.5-4.5'/>",
    "leave": "<path d='M6.5 2.5h-4v11h4M6.5 8h7M10.7 5.2L13.5 8l-2.8 2.8'/>",
    "all": "<circle class='solid' cx='8' cy='8' r='5.2'/>",
    "part": "<circle cx='8' cy='8' r='5.2'/><path class='solid' d='M8 2.8a5.2 5.2 0 0 0 0 10.4z'/>",
    "grant": "<circle cx='8' cy='8' r='5.2'/>",
    "code": "<rect x='2' y='4' width='12' height='8' rx='1.5'/><path d='M5 8h.1M8 8h.1M11 8h.1'/>",
}


def icon(name: str) -> Markup:
    """Return an icon as inline SVG, hidden from screen readers: the word beside it says what it means."""
    return Markup(f"<svg class=icon viewBox='0 0 16 16' aria-hidden=true>{_SHAPES[name]}</svg>")  # noqa: S704 - the shapes are constants


def mark() -> Markup:
    """Return the sign of Privity: a sheet of which the middle line is inked."""
    return Markup(
        "<svg viewBox='0 0 20 20' aria-hidden=true><rect width='20' height='20' rx='5' fill='currentColor'/>"
        "<g class=lines><path d='M5 5.2h6.5v1.5H5zM5 13.3h10v1.5H5z'/>"
        "<rect x='4.4' y='8' width='11.2' height='4' rx='1.2'/></g>"
        "</svg>"
    )
