"""HTML and Markdown: text is judged as a reader sees it, markup stays whole.

A number that goes over tags ("4111 <b>1111</b> ...") is one number. Values of attributes that people read or that name
people (`alt`, `title`, `value`, `href`, ...), comments, scripts and styles are judged each by itself, as they stand and
as they read decoded. The field of a form is hidden whole where its name tells what stands in it, like a column. What is
hidden anywhere is hidden wherever markup holds it, and a tag that is never closed is judged as a tag and as text.
"""

import re
from collections.abc import Sequence
from html import escape, unescape
from itertools import islice
from typing import Final

from privity.redact.claims import Covering
from privity.redact.documents.columns import label_of_column
from privity.redact.documents.data_urls import REMOVED, URL, WHOLE, redacted_payload
from privity.redact.documents.escapes import decoded, holds_run
from privity.redact.documents.found_again import Values
from privity.redact.documents.mapped import Cut, Mapped, merged, replaced
from privity.redact.findings import Finding, Span
from privity.redact.hiding.ways import WayToHide
from privity.redact.labels import Label
from privity.redact.redactor import Redactor

_TAG: Final = re.compile(
    r"(?P<comment><!--(?:-?>|.*?(?:--!?>|\Z)))|"
    r"(?P<raw><(?P<name>script|style)\b[^>]*>)(?P<body>.*?)(?=</(?P=name)|\Z)|"
    r"(?P<tag></?[a-zA-Z][^\s>/\"']*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\"'>]++)*+(?:>|\Z))|(?P<other><[!?][^>]*+(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|blink|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|output|q|rp|rt|"
    r"ruby|s|samp|slot|small|span|strike|strong|sub|sup|time|tspan|tt|u|var|wbr|[a-z]+-[\w-]+)\b",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(r"\s*+=\s*+(\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s\"'>]+)")
_ATTRIBUTE: Final = re.compile(rf"(?<![\w:.-])([a-zA-Z_:][\w:.-]*+){_VALUE.pattern}")
_BARE_NAME: Final = re.compile(r"[\s\"'][A-Z][a-z]")
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
_SHOWS: Final = re.compile(r"content\s*:|url\s*\(|\\", re.IGNORECASE)
_UNCLOSED: Final = 1
_OF_UNCLOSED: Final = 40  # attributes of a tag that is never closed, which may be all the rest of a document
_DEEPEST: Final = 4  # of documents within documents


class Markup:
    """Redacts marked-up texts; `findings` are those of all of them."""

    def __init__(self, redactor: Redactor, way: WayToHide) -> None:
        self._redactor = redactor
        self._way = way
        self._values = Values()
        self._depth = 0
        self.findings: list[Finding] = []

    def html(self, source: str) -> str:
        """Return an HTML text redacted. A tag that is never closed is judged as a tag and as text."""
        self._depth += 1
        cuts, marks = self._cuts(source, 0)
        cuts += self._again(source, marks, cuts)
        self._depth -= 1
        return replaced(source, merged(cuts))

    def _cuts(self, source: str, start: int, unclosed: int = 0) -> tuple[list[Cut], list[tuple[int, int]]]:
        """Return what is to be replaced behind a place, and where markup stands there.

        `unclosed` counts the tags around it that are never closed.
        """
        text, cuts, marks, at = Mapped(), list[Cut](), list[tuple[int, int]](), start
        for match in _TAG.finditer(source, start):
            self._text(text, source, at, match.start())
            marks.append(match.span())
            at = match.end()
            if match["tag"] and match["tag"].endswith(">"):
                cuts += self._tag(source, match)
                text.part("" if _INLINE.match(match["tag"]) else "\n")
            elif match["raw"]:
                cuts += self._tag(source, match, "raw") + self._judged(source, *match.span("body"))
            else:
                cuts += self._judged(source, *match.span())
            if match["tag"] and not match["tag"].endswith(">"):
                cuts += self._tag(source, match)
                if unclosed < _UNCLOSED and source.find("<", match.start() + 1) >= 0:
                    more, others = self._cuts(source, match.start() + 1, unclosed + 1)
                    cuts += more
                    marks += others
        self._text(text, source, at, len(source))
        return cuts + (self._in_markup(text) if holds_run(text.text) else self.mapped(text)), marks

    def _again(self, source: str, marks: Sequence[tuple[int, int]], hidden: Sequence[Cut]) -> list[Cut]:
        """Return what is to be replaced in markup because it was hidden in the text or in other markup."""
        text, cuts = Mapped(), list[Cut]()
        for start, end in marks:
            self._text(text, source, start, end)
            text.part("\n")
        covered = Covering((start, end) for start, end, _ in hidden)
        for read in filter(None, (text, decoded(text))):
            shown = read.text
            for first, last, label in self._values.places(shown):
                found = Finding(label=label, detector="found-again", why="hidden elsewhere in the document", score=1.0)
                span = Span(start=first, end=last, finding=found)
                its = read.cuts([span], [self._redactor.instead_of(label, shown[first:last], self._way)])
                if its and not covered.holds(*its[0][:2]):
                    cuts += its
                    self.findings.append(found)
        return cuts

    def markdown(self, source: str) -> str:
        """Return a Markdown text redacted; marks of emphasis and code do not part a value."""
        text, at = Mapped(), 0
        for marker in _MARKER.finditer(source):
            text.take(source, at, marker.start())
            at = marker.end()
        text.take(source, at, len(source))
        return replaced(source, self.mapped(text))

    def mapped(self, text: Mapped, hidden: Sequence[Cut] = ()) -> list[Cut]:
        """Return what is to be replaced for the identifiers of a mapped text, and not `hidden` already."""
        shown = text.text
        spans = self._redactor.detect_text(shown)
        [insteads] = self._redactor.insteads([shown], [spans], self._way)
        cuts: list[Cut] = []
        covered = Covering((start, end) for start, end, _ in hidden)
        for span, instead in zip(spans, insteads, strict=True):
            its = text.cuts([span], [instead])
            if its and covered.holds(*its[0][:2]):
                continue
            cuts += its
            if not span.continues:
                self.findings.append(span.finding)
            self._values.add(shown[span.start : span.end], span.finding.label)
        return cuts

    def _in_markup(self, text: Mapped) -> list[Cut]:
        """Return what is to be replaced in a mapped text as it stands, and as it reads decoded."""
        cuts = self.mapped(text)
        read = decoded(text)
        return cuts if read is None else cuts + self.mapped(read, cuts)

    def _judged(self, source: str, start: int, end: int) -> list[Cut]:
        """Return what is to be replaced in a stretch that is judged by itself, and in documents in its addresses."""
        text, cuts, at = Mapped(), list[Cut](), start
        for url in URL.finditer(source, start, end):
            text.take(source, at, url.start("payload"))
            text.part("\n")
            cuts += self._payload(url)
            at = url.end()
        text.take(source, at, end)
        return cuts + self._in_markup(text)

    def _payload(self, url: re.Match[str]) -> list[Cut]:
        if self._depth > _DEEPEST:
            return [(*url.span("payload"), REMOVED)]
        return redacted_payload(url, self.html, self._alone)

    def _alone(self, text: str) -> str:
        whole = Mapped()
        whole.take(text, 0, len(text))
        return replaced(text, merged(self.mapped(whole)))

    @staticmethod
    def _text(text: Mapped, source: str, start: int, end: int) -> None:
        at = start
        for entity in _ENTITY.finditer(source, start, end):
            text.take(source, at, entity.start())
            text.put(unescape(entity[0]), entity.start(), entity.end())
            at = entity.end()
        text.take(source, at, end)

    def _tag(self, source: str, match: re.Match[str], group: str = "tag") -> list[Cut]:
        tag, (begin, finish), cuts = match[group], match.span(group), list[Cut]()
        rest = _ATTRIBUTE.sub("", tag)
        of_nothing = "@" in rest or sum(map(str.isdigit, rest)) >= _FEWEST_DIGITS
        if of_nothing or _BARE_NAME.search(_VALUE.sub("", tag)):
            cuts += self._judged(source, begin, finish)  # <ann@example.org> is no tag
        field = _label_of_field(tag) if _FIELD.match(tag) else None
        most = None if tag.endswith(">") else _OF_UNCLOSED
        for attribute in islice(_ATTRIBUTE.finditer(source, begin, finish), most):
            name = attribute[1].lower()
            told = label_of_column(name[5:]) if name.startswith("data-") else field if name in _FILLED else None
            if told in self._redactor.policy.hides and (whole := self._whole(attribute, told)):
                cuts.append(whole)
                continue
            if name in _PLAIN_ATTRIBUTES and not _may_tell(name, attribute[2]):
                continue
            cuts += self._attribute(source, name, *_unquoted(attribute))
        return cuts

    def _attribute(self, source: str, name: str, start: int, end: int) -> list[Cut]:
        """Return what is to be replaced in the value of an attribute, which stands without its quotes."""
        if name == "srcdoc" and self._depth <= _DEEPEST:
            inner = unescape(source[start:end])
            shown = self.html(inner)
            return [] if shown == inner else [(start, end, escape(shown))]
        text, cuts, at = Mapped(), list[Cut](), start
        whole = WHOLE.match(source, start, end)
        for url in (whole,) if whole else URL.finditer(source, start, end):
            self._text(text, source, at, url.start("payload"))
            text.part("\n")
            cuts += self._payload(url)
            at = url.end()
        self._text(text, source, at, end)
        return cuts + self._in_markup(text)

    def _whole(self, attribute: re.Match[str], label: Label) -> Cut | None:
        """Return what is to be replaced for the whole value of an attribute, or None for one that says nothing."""
        start, end = _unquoted(attribute)
        value = unescape(attribute.string[start:end])
        if not value.strip():
            return None
        self.findings.append(Finding(label=label, detector="column", why="the name of its field", score=1.0))
        self._values.add(value, label)
        return start, end, self._redactor.instead_of(label, value, self._way)


def _unquoted(attribute: re.Match[str]) -> tuple[int, int]:
    """Return where the value of an attribute stands, without its quotes, of which the last one may be missing."""
    start, end = attribute.span(2)
    quote = attribute[2][0]
    if quote not in "\"'":
        return start, end
    return start + 1, end - 1 if end - start > 1 and attribute[2][-1] == quote else end


def _may_tell(name: str, value: str) -> bool:
    """Whether the value of a formal attribute holds more than it should: an address, or the digits of a number."""
    if name == "style" and _SHOWS.search(value):
        return True
    digits = sum(map(str.isdigit, value))
    return "@" in value or "//" in value or digits >= (_MANY_DIGITS if name == "style" else _FEWEST_DIGITS)


def _label_of_field(tag: str) -> Label | None:
    """Return what the field of a form holds by its name, its `id`, or what tells people to fill it in."""
    attributes = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(tag)}
    if attributes.get("type", "").lower() in _BUTTONS:
        return None
    return next((label for name in _NAMING if (label := label_of_column(attributes.get(name, "")))), None)
