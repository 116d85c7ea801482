"""What pages are made of: small, self-made, nothing inline, and readable in both themes."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

import privity
from privity.dashboard.assets import Assets
from privity.dashboard.policy import CONTENT_SECURITY_POLICY, HEADERS
from promises import promise

ROOM = Path(privity.__file__).parent / "dashboard"
TEMPLATES = sorted((ROOM / "templates").glob("*.html"))
SCRIPTS = sorted((ROOM / "static" / "js").glob("*.js"))
STYLES = {path.name: path.read_text(encoding="utf-8") for path in (ROOM / "static" / "css").glob("*.css")}
ASSETS = Assets()


def sent(name: str) -> int:
    asset = ASSETS.find(name)
    assert asset is not None
    return len(asset.small or asset.plain)


def test_style_is_small() -> None:
    assert sent("css/privity.css") < 15_000


def test_what_a_first_page_loads_leaves_room_for_the_page() -> None:
    loaded = ["css/privity.css", "js/page.js", "js/proofs.js", "js/merkle.js", "fonts/inter.woff2", "fonts/mono.woff2"]
    assert sum(map(sent, loaded)) < 50_000  # of 60 kB; a page itself is 4 to 9


@promise("C6", sabotage="pages_take_scripts_from_anywhere")
def test_pages_take_nothing_from_elsewhere() -> None:
    directives = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert directives.pop("default-src") == "'none'"
    assert {directives.pop(name) for name in ("frame-ancestors", "base-uri", "trusted-types")} == {"'none'"}
    assert directives.pop("require-trusted-types-for") == "'script'"
    assert set(directives.values()) == {"'self'"}, "no host, no inline, no eval"
    assert HEADERS["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_template_holds_nothing_inline_or_foreign(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href|action)=[\"']?(?:https?:)?//", text)
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_script_makes_no_markup_of_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|https?://(?!www\.w3)", text
    )


def test_colours_are_chosen_in_one_place() -> None:
    for name, text in STYLES.items():
        if name != "tokens.css":
            rest = (
                text.replace("#000", "").replace("#fff", "").replace("#171f27", "")
            )  # masks; a QR code is dark on white
            assert not re.search(r"#[0-9a-f]{3,6}\b|oklch\(|rgb\(|hsl\(", rest), name


def themes() -> dict[str, dict[str, str]]:
    light, _, dark = STYLES["tokens.css"].partition("@media (prefers-color-scheme: dark)")
    pairs = r"--([a-z0-9-]+): oklch\(([^)]+)\);"
    bright = dict(re.findall(pairs, light))
    return {"light": bright, "dark": bright | dict(re.findall(pairs, dark))}


def luminance(colour: str) -> float:
    """The relative luminance (WCAG 2.2) of an OKLCH colour, by the matrices of CSS Color 4."""
    lightness, chroma, hue = map(float, colour.split()[:3])
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return sum(weight * min(1.0, max(0.0, part)) for weight, part in ((0.2126, red), (0.7152, green), (0.0722, blue)))


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "canvas", "raised", "sunken")),
    *((tone, ground) for tone in ("accent", "ok", "warn", "deny") for ground in ("surface", f"{tone}-soft")),
    ("accent-ink", "accent"),
    ("danger-ink", "danger"),
    ("bar-ink", "bar"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme: str) -> None:
    colours = themes()[theme]
    assert not [(ink, ground) for ink, ground in TEXT if contrast(colours[ink], colours[ground]) < 4.5]
