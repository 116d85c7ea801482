"""HTML in every state: what its source shows, in whatever way it is written, does not survive; markup stays whole."""

import base64
import random
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

import pytest

from privity.redact import Label, Redactor
from privity.redact.documents import Kind, redact_document

PHONE, SOCIAL, CARD = "628-555-0194", "536-27-8841", "4532015112830366"
NAME, MAIL = "Temitope Lindqvist", "temitope.lindqvist@example.org"


def redacted(redactor: Redactor, source: str) -> str:
    return redact_document(redactor, Kind.HTML, source.encode()).content.decode()


def _entities(value: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in value)


def _hexadecimal(value: str) -> str:
    return "".join(f"&#x{ord(sign):x}" for sign in value)


def _percent(value: str) -> str:
    return "".join(f"%{ord(sign):02X}" for sign in value)


def _script(value: str) -> str:
    return "".join(f"\\u{ord(sign):04x}" for sign in value)


def _octets(value: str) -> str:
    return "".join(f"\\x{ord(sign):02x}" for sign in value)


def _style(value: str) -> str:
    return "".join(f"\\{ord(sign):x} " for sign in value)


def _base64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def _as_read(source: str) -> list[str]:
    """What somebody sees who decodes a source in any one way."""
    in_script = re.sub(
        r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})", lambda sign: chr(int(sign[1] or sign[2] or "0", 16)), source
    )
    in_style = re.sub(r"\\([0-9a-f]{1,6}) ?", lambda sign: chr(int(sign[1], 16)), source)
    ways = [source, unescape(source), unquote(source), in_script, in_style]
    payloads = re.findall(r"base64,([\w+/=]+)", source)
    ways += [base64.b64decode(payload + "==").decode("utf-8", "replace") for payload in payloads]
    return ways + [re.sub(r"<!--.*?-->|</?\w[^>]*>", "", way, flags=re.DOTALL) for way in ways]


def survives(source: str, value: str) -> bool:
    ways = _as_read(source)
    if value[0].isdigit():
        digits = re.sub(r"\D", "", value)
        return any(digits in re.sub(r"[-. ()]", "", way) for way in ways)
    return any(value.lower() in way.lower() for way in ways)


@pytest.mark.parametrize("value", [PHONE, SOCIAL, CARD, NAME, MAIL])
@pytest.mark.parametrize(
    "written",
    [
        '<p>hi</p><b title="{0}', "<b title='{0} is <p>not closed", "<b title={0}", "<b {0}", '<img alt="{0}" src="x',
        "<!-- {0} -->", "<!-- {0}", "<!-->{0}<!-- -->", "<!-- a --!>{0}", "<![CDATA[{0}]]>", "<![CDATA[ a > {0}",
        "<!--[if IE]><p>{0}</p><![endif]-->", "<![if !IE]><p>{0}</p><![endif]>", '<!ENTITY x "{0}">',
        '<script>var a="{0}"</script>', '<script>var a="{0}', '<style>p:after{{content:"{0}"}}</style>',
        "<p style=\"content:'{0}'\">x</p>", "<td data-x={0}>x</td>", "<input value={0}>", "<p title=`{0}`>", "<{0}>",
        '<p title="x"{0}">', '<p {0}="">x</p>', '<p a=\'"\' title="{0}">', "<textarea>{0}</textarea>",
        '<iframe srcdoc="&lt;b title=&quot;{0}&quot;&gt;"></iframe>', '<a href="data:text/plain,{0}">x</a>',
        '<iframe src="data:text/html,<b>{0}</b>">x</iframe>', '<p onclick="call(\'{0}\')">x</p>', '</p title="{0}">',
    ],
)  # fmt: skip
def test_a_value_is_hidden_wherever_markup_holds_it(redactor: Redactor, written: str, value: str) -> None:
    assert not survives(redacted(redactor, written.format(value)), value)


@pytest.mark.parametrize("value", [PHONE, SOCIAL, CARD, MAIL])
@pytest.mark.parametrize(
    ("written", "encode"),
    [
        ("<p>{0}</p>", _entities), ("<p title={0}>x</p>", _entities), ("<!-- {0} -->", _entities),
        ('<p title="{0}', _hexadecimal), ("<p>{0}</p>", _hexadecimal), ('<script>a="{0}"</script>', _script),
        ('<script>a="{0}"</script>', _octets), ('<style>p:after{{content:"{0}"}}</style>', _style),
        ('<a href="/s?q={0}">x</a>', _percent), ('<a href="data:text/plain,{0}">x</a>', _percent),
        ('<a href="data:text/plain;base64,{0}">x</a>', _base64), ("<script>{0}", _script),
        ("<style>p{{b:url(data:;base64,{0})}}</style>", _base64),
    ],
)  # fmt: skip
def test_a_value_is_hidden_however_it_is_written(
    redactor: Redactor, written: str, encode: Callable[[str], str], value: str
) -> None:
    assert not survives(redacted(redactor, written.format(encode(value))), value)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>628<!-- -->-555<wbr>-<x-b>0194</x-b> ok</p>", "<p>[PHONE]<!-- --><wbr><x-b></x-b> ok</p>"),
        ('<script>a = "536-27" + "-8841"</script>', '<script>a = "[SSN]" + ""</script>'),
        ('<input name="ssn" value="53627', '<input name="ssn" value="[SSN]'),
        (
            f'<p class="{NAME}">{NAME} came</p><script>who("{NAME.upper()}")</script>',
            '<p class="[NAME]">[NAME] came</p><script>who("[NAME]")</script>',
        ),
        (
            f'<p>call {PHONE}</p><a class="c 6285550194" href="tel:6285550194">x</a>',
            '<p>call [PHONE]</p><a class="c [PHONE]" href="tel:[PHONE]">x</a>',
        ),
        (f"<p title='{PHONE} <p>and {SOCIAL}", "<p title='[PHONE] <p>and [SSN]"),
        (
            f'<a href="data:text/plain;base64,{_base64("ssn " + SOCIAL)}">x</a>',
            f'<a href="data:text/plain;base64,{_base64("ssn [SSN]")}">x</a>',
        ),
        ('<img src="data:image/png;base64,iVBORw0KGgo=">', '<img src="data:image/png;base64,[REMOVED]">'),
        (
            f"<img src='data:image/svg+xml,<svg><text>{PHONE}</text></svg>'>",
            "<img src='data:image/svg+xml,%3Csvg%3E%3Ctext%3E[PHONE]%3C%2Ftext%3E%3C%2Fsvg%3E'>",
        ),
        (
            f'<iframe srcdoc="&lt;p title=&quot;{PHONE}&quot;&gt;"></iframe>',
            '<iframe srcdoc="&lt;p title=&quot;[PHONE]&quot;&gt;"></iframe>',
        ),
    ],
)
def test_only_the_value_goes(redactor: Redactor, source: str, shown: str) -> None:
    assert redacted(redactor, source) == shown


@pytest.mark.parametrize(
    "source",
    [
        '<p class="rose grey" data-v-7ba5bd90 style="margin:0 10px 20px 30px">a + b, 100% of "x" + "y"</p>',
        '<a href="/find?q=blue+shoes&amp;page=2#top" target=_blank>see</a><script>var a = 1 + 2, b = "\\n";</script>',
        "<style>@font-face{src:url(data:font/woff2;base64,d09GMgABAAAAA)}</style><svg viewBox='0 0 16 16'></svg>",
        '<a href="data:text/plain;charset=utf-8;base64,aGVsbG8gdGhlcmU=">x</a><iframe srcdoc="&lt;p&gt;hi"></iframe>',
        "<Table Width=5 Border><TR><TD NoWrap>plain</TD></TR></Table><input disabled checked>",
    ],
)
def test_markup_without_values_stays_as_it_is(redactor: Redactor, source: str) -> None:
    assert redacted(redactor, source) == source


def test_what_is_found_again_is_a_finding_and_counted_once(redactor: Redactor) -> None:
    source = f'<p class="{NAME}" title="{PHONE}">{NAME} came, {PHONE}</p>'
    found = redact_document(redactor, Kind.HTML, source.encode()).findings
    assert sorted(finding.label for finding in found) == [Label.NAME, Label.NAME, Label.PHONE, Label.PHONE]
    assert {finding.detector for finding in found} >= {"found-again"}


def test_documents_within_documents_end(redactor: Redactor) -> None:
    source = f"<b>{PHONE}</b>"
    for _ in range(9):
        source = f'<iframe src="data:text/html;base64,{_base64(source)}"></iframe>'
    shown = redacted(redactor, source)
    for _ in range(9):
        assert PHONE not in shown
        payload = re.search(r"base64,([\w+/=]+)", shown)
        shown = base64.b64decode(payload[1]).decode() if payload else ""


GIVEN = ("Marisol", "Temitope", "Anneliese", "Priyanka", "Konstantin")
SURNAMES = ("Okonjo", "Ferreira", "Lindqvist", "Abernathy", "Venkataraman")
SPLICED = (
    '"', "'", "<", ">", "</", "<!--", "-->", "&", "=", "/", " ", "\n", "<p ", "<script>", "</script>", "<style>", "]]>",
    "<![CDATA[", "\x00", "&lt;", "&#",
)  # fmt: skip


def _value(chance: random.Random) -> str:
    def digits(count: int) -> str:
        return "".join(chance.choice("23456789") for _ in range(count))

    given, surname = chance.choice(GIVEN), chance.choice(SURNAMES)
    return chance.choice(
        [
            f"628-{digits(3)}-{digits(4)}",
            f"{chance.choice('234578')}{digits(2)}-{digits(2)}-{digits(4)}",
            f"{given} {surname}",
            f"{given}.{surname}@example.org".lower(),
        ]
    )


def _piece(chance: random.Random, value: str) -> str:
    tag, said = chance.choice(["p", "td", "a", "em", "x-tag", "Note"]), chance.choice([value, _entities(value)])
    return chance.choice(
        [
            f"<{tag}>to {said} now</{tag}>", f'<{tag} title="{said}">x</{tag}>', f"<{tag} alt='{said}'>x</{tag}>",
            f"<{tag} data-z={said}>y</{tag}>", f"<!-- {said} -->", f"<!--[if IE]><p>{said}</p><![endif]-->",
            f"<script>var a='{value}';</script>", f'<script>var a="{_octets(value)}"</script>',
            f"<a href='data:text/plain,{_percent(value)}'>d</a>", f"<{tag} class='c {value}'>k</{tag}>",
            f"<{tag}>{value[:4]}<b>{value[4:]}</b></{tag}>", f"<{tag}>{value[:4]}<!-- z -->{value[4:]}</{tag}>",
            f'<iframe srcdoc="&lt;i&gt;{value}&lt;/i&gt;"></iframe>', f"<{value}>", f"<textarea>{value}</textarea>",
        ]
    )  # fmt: skip


def _mutated(chance: random.Random, source: str) -> str:
    for _ in range(chance.choice([0, 1, 2, 4])):
        at = chance.randrange(len(source) + 1)
        cut = chance.random()
        source = source[:at] + (chance.choice(SPLICED) if cut < 0.6 else "") + source[at + (0.6 <= cut < 0.85) :]
        if cut > 0.95:
            source = source[:at]
    return source


def test_no_value_of_the_text_survives_in_markup_that_is_broken_in_any_way(redactor: Redactor) -> None:
    chance = random.Random(20261122)
    for _ in range(250):
        value = _value(chance)
        broken = _mutated(chance, "\n".join(_piece(chance, value) for _ in range(chance.randint(1, 4))))
        source = f"<p>Reached {value} today.</p>\n{broken}"
        shown = redacted(redactor, source)
        assert not any(value in way for way in _as_read(shown)[:5]), ascii(source)
