"""HTML and Markdown: text is judged as a reader sees it, markup stays whole.

A number that goes over tags ("4111 <b>1111</b> ...") is one number. Values of attributes that people read or that name
people (`alt`, `title`, `value`, `href`, ...), comments, scripts and styles are judged each by itself. The field of a
form is hidden whole where its name tells what stands in it, like a column.
"""

import re
from html import unescape
from typing import Final

from privity.redact.documents.columns import label_of_column
from privity.redact.documents.mapped import Mapped, replaced
from privity.redact.findings import Finding
from privity.redact.hiding.ways import WayToHide
from privity.redact.labels import Label
from privity.redact.redactor import Redactor

_TAG: Final = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))|"
    r"(?P<raw><(?P<name>script|style)\b[^>]*>)(?P<body>.*?)(?=</(?P=name)|\Z)|"
    r"(?P<tag></?[a-zA-Z][^\s>/\"']*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\"'>]++)*+(?:>|\Z))|(?P<other><[!?][^>]*+(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)\b",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(r"([a-zA-Z_:][\w:.-]*)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_PLAIN_ATTRIBUTES: Final = frozenset({
    "class", "style", "type", "rel", "colspan", "rowspan", "width", "height", "lang", "dir", "charset", "method",
    "target",
})  # fmt: skip
_FIELD: Final = re.compile(r"<(?:input|meta|param|option|button|data|textarea)\b", re.IGNORECASE)
_FILLED: Final = frozenset({"value", "content"})
_NAMING: Final = ("name", "id", "autocomplete", "itemprop", "property", "aria-label", "placeholder")
_BUTTONS: Final = frozenset({"submit", "button", "reset", "image"})
_MARKER: Final = re.compile(r"[*`~]+|\\(?=[!-/:-@\[-`{-~])")

_FEWEST_DIGITS: Final = 5
_MANY_DIGITS: Final = 9  # of a style, which has measures and colours

Cut = tuple[int, int, str]


class Markup:
    """Redacts marked-up texts; `findings` are those of all of them."""

    def __init__(self, redactor: Redactor, way: WayToHide) -> None:
        self._redactor = redactor
        self._way = way
        self.findings: list[Finding] = []

    def html(self, source: str) -> str:
        """Return an HTML text redacted. What looks like an unfinished tag at its end is text."""
        text, cuts, at = Mapped(), [], 0
        for match in _TAG.finditer(source):
            self._text(text, source, at, match.start())
            if match["tag"] and match["tag"].endswith(">"):
                cuts += self._attributes(source, match)
                text.part("" if _INLINE.match(match["tag"]) else "\n")
            elif match["raw"]:
                cuts += self.plain(source, match.start("body"), match.end("body"))
            else:
                cuts += self.plain(source, match.start(), match.end())
            at = match.end()
        self._text(text, source, at, len(source))
        return replaced(source, cuts + self.mapped(text))

    def markdown(self, source: str) -> str:
        """Return a Markdown text redacted; marks of emphasis and code do not part a value."""
        text, at = Mapped(), 0
        for marker in _MARKER.finditer(source):
            text.take(source, at, marker.start())
            at = marker.end()
        text.take(source, at, len(source))
        return replaced(source, self.mapped(text))

    def mapped(self, text: Mapped) -> list[Cut]:
        """Return what is to be replaced for the identifiers of a mapped text."""
        spans = self._redactor.detect_text(text.text)
        [insteads] = self._redactor.insteads([text.text], [spans], self._way)
        self.findings += (span.finding for span in spans if not span.continues)
        return text.cuts(spans, insteads)

    def plain(self, source: str, start: int, end: int) -> list[Cut]:
        """Return what is to be replaced in a stretch that is judged by itself."""
        text = Mapped()
        text.take(source, start, end)
        return self.mapped(text)

    @staticmethod
    def _text(text: Mapped, source: str, start: int, end: int) -> None:
        at = start
        for entity in _ENTITY.finditer(source, start, end):
            text.take(source, at, entity.start())
            text.put(unescape(entity[0]), entity.start(), entity.end())
            at = entity.end()
        text.take(source, at, end)

    def _attributes(self, source: str, tag: re.Match[str]) -> list[Cut]:
        cuts: list[Cut] = []
        rest = _ATTRIBUTE.sub("", tag[0])
        if "@" in rest or sum(character.isdigit() for character in rest) >= _FEWEST_DIGITS:  # <ann@example.org> is none
            cuts += self.plain(source, tag.start(), tag.end())
        field = _label_of_field(tag[0]) if _FIELD.match(tag[0]) else None
        for attribute in _ATTRIBUTE.finditer(source, tag.start(), tag.end()):
            name = attribute[1].lower()
            told = label_of_column(name[5:]) if name.startswith("data-") else field if name in _FILLED else None
            if told in self._redactor.policy.hides and (whole := self._whole(attribute, told)):
                cuts.append(whole)
                continue
            if name in _PLAIN_ATTRIBUTES and not _may_tell(name, attribute[2]):
                continue
            start, end = attribute.span(2)
            quoted = source[start] in "\"'" and end - start > 1
            value = Mapped()
            self._text(value, source, start + quoted, end - quoted)
            cuts += self.mapped(value)
        return cuts

    def _whole(self, attribute: re.Match[str], label: Label) -> Cut | None:
        """Return what is to be replaced for the whole value of an attribute, or None for one that says nothing."""
        start, end = attribute.span(2)
        quote = attribute[2][0] if attribute[2][0] in "\"'" and end - start > 1 else ""
        value = unescape(attribute[2].removeprefix(quote).removesuffix(quote))
        if not value.strip():
            return None
        self.findings.append(Finding(label=label, detector="column", why="the name of its field", score=1.0))
        return start + len(quote), end - len(quote), self._redactor.instead_of(label, value, self._way)


def _may_tell(name: str, value: str) -> bool:
    """Whether the value of a formal attribute holds more than it should: an address, or the digits of a number."""
    digits = sum(map(str.isdigit, value))
    return "@" in value or "//" in value or digits >= (_MANY_DIGITS if name == "style" else _FEWEST_DIGITS)


def _label_of_field(tag: str) -> Label | None:
    """Return what the field of a form holds by its name, its `id`, or what tells people to fill it in."""
    attributes = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(tag)}
    if attributes.get("type", "").lower() in _BUTTONS:
        return None
    return next((label for name in _NAMING if (label := label_of_column(attributes.get(name, "")))), None)
