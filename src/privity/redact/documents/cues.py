"""Subtitles, WebVTT and SRT: the words of all cues are one conversation, so a number may go on over cues.

Headers, numbers and times of cues stay. A voice that is named (`<v Mary Lee>`) is hidden unless it is a role.
"""

import re
from typing import Final

from privity.errors import Unreadable
from privity.redact.documents.mapped import Mapped, replaced
from privity.redact.findings import Finding
from privity.redact.hiding.ways import WayToHide
from privity.redact.labels import Label
from privity.redact.redactor import Redactor
from privity.redact.turns import Turn

_TIME: Final = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES: Final = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?P<settings>.*)$", re.MULTILINE)
_BLANK_LINE: Final = re.compile(r"\n[ \t]*(?=\n|\Z)")
_TAG: Final = re.compile(r"<(?:v(?:\.[\w.]+)?[ \t]+(?P<voice>[^<>\n]*)|/?[^<>\n]*)>")
# Where a cue stands on the screen, and what its words look like; whatever else is written there is taken out.
_SETTINGS: Final = re.compile(
    r"(?:[ \t]+(?:vertical:(?:rl|lr)|align:(?:start|center|middle|end|left|right)|"
    r"(?:line|position|size):-?\d{1,3}(?:\.\d{1,3})?%?(?:,(?:start|center|end|line-left|line-right))?|region:[a-z]{1,12}\d?|"
    r"[XY][12]:\d{1,4}))*[ \t]*",
)
_LOOKS: Final = re.compile(
    r"<(?:/?(?:[bcisu]|em|lang|rt|ruby|strong)(?:\.[a-z_]{1,16}(?:\.[a-z_]{1,16})?)?|v|/v|/font|lang [a-z-]{2,7}|"
    r"font color=[\"']?#?[a-z0-9]{1,8}[\"']?|\d\d:\d\d(?::\d\d)?\.\d{3})>",
    re.IGNORECASE,
)
_ROLE: Final = re.compile(
    r"\s*(?:agent|caller|customer|client|patient|doctor|nurse|speaker|operator|interviewer|man|woman|narrator|bot)\s*\w?\s*",
    re.IGNORECASE,
)


def redact_cues(redactor: Redactor, way: WayToHide, source: str) -> tuple[str, list[Finding]]:
    """Return subtitles redacted, and the findings. Raises Unreadable when there is no cue."""
    times = list(_TIMES.finditer(source))
    if not times:
        raise Unreadable("there are no cues", advice="A cue has a line such as 00:00:01.000 --> 00:00:04.000.")
    speakers: list[str] = []
    texts: list[Mapped] = []
    cuts: list[tuple[int, int, str]] = []
    findings: list[Finding] = []
    at = 0
    for index, time in enumerate(times):
        end = _end_of_cue(source, time.end(), times[index + 1].start() if index + 1 < len(times) else len(source))
        header = Mapped()  # notes, titles and names of cues stand between two cues
        header.take(source, at, time.start())
        cuts += _judged(redactor, way, header, findings)
        if not _SETTINGS.fullmatch(time["settings"]):
            cuts.append((*time.span("settings"), ""))
        speaker = _take_cue(source, time.end(), end, speakers, texts, cuts)
        findings += [Finding(label=Label.NAME, detector="voice", why="a named voice", score=1.0)] * speaker
        at = end
    rest = Mapped()
    rest.take(source, at, len(source))
    cuts += _judged(redactor, way, rest, findings)
    turns = [Turn(speaker=speaker, text=text.text) for speaker, text in zip(speakers, texts, strict=True)]
    spans = redactor.detect_turns(turns)
    insteads = redactor.insteads([turn.text for turn in turns], spans, way)
    for text, found, shown in zip(texts, spans, insteads, strict=True):
        cuts += text.cuts(found, shown)
        findings += (span.finding for span in found if not span.continues)
    return replaced(source, cuts), findings


def _end_of_cue(source: str, start: int, limit: int) -> int:
    """The first blank line ends a cue."""
    blank = _BLANK_LINE.search(source, start, limit)
    return blank.start() if blank else limit


def _take_cue(
    source: str, start: int, end: int, speakers: list[str], texts: list[Mapped], cuts: list[tuple[int, int, str]]
) -> int:
    """Add the words of a cue to the turn of its speaker; return how many voices were hidden."""
    speaker = speakers[-1] if speakers else ""
    hidden = 0
    at = start
    for tag in _TAG.finditer(source, start, end):
        _say(source, at, tag.start(), speaker, speakers, texts)
        if tag["voice"] is None and not _LOOKS.fullmatch(tag[0]):
            cuts.append((*tag.span(), ""))
        if tag["voice"] is not None:
            speaker = tag["voice"].strip().lower()
            if speaker and not _ROLE.fullmatch(speaker):
                cuts.append((*tag.span("voice"), "[NAME]"))
                hidden += 1
        at = tag.end()
    _say(source, at, end, speaker, speakers, texts)
    return hidden


def _say(source: str, start: int, end: int, speaker: str, speakers: list[str], texts: list[Mapped]) -> None:
    said = source[start:end]
    if not said.strip():
        return
    start += len(said) - len(said.lstrip())
    if not speakers or speakers[-1] != speaker:
        speakers.append(speaker)
        texts.append(Mapped())
    texts[-1].part(" ")
    texts[-1].take(source, start, end)


def _judged(redactor: Redactor, way: WayToHide, text: Mapped, findings: list[Finding]) -> list[tuple[int, int, str]]:
    spans = redactor.detect_text(text.text)
    [insteads] = redactor.insteads([text.text], [spans], way)
    findings += (span.finding for span in spans if not span.continues)
    return text.cuts(spans, insteads)
