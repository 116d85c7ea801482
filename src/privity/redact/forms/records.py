"""The written forms of records that stand behind their names: insurance numbers, dockets, charts, files, plates."""

from privity.redact.forms.rule import Rule
from privity.redact.labels import Label

_LEAST = 4  # digits of a licence or a chart


def _has_digits(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= _LEAST


RECORDS: tuple[Rule, ...] = (
    Rule(
        detector="national-insurance",
        label=Label.ID,
        pattern=r"\b(?:ni|nino|n\.i\.|insurance)(?:[ ](?:no\.?|number|nr\.?))?[ ]?[:#]?[ ]?"
        r"([a-z]{2}[ ]?[0-9]{2}[ ]?[0-9]{2}[ ]?[0-9]{2}[ ]?[a-d])\b",
        why="form of a British national insurance number behind its name",
        score=0.9,
        holds=(b"ni", b"n.i.", b"insurance"),
    ),
    Rule(
        detector="court-docket",
        label=Label.ID,
        pattern=r"\b(?:[0-9]:)?[0-9]{2}-(?:cv|cr|bk|mc|mj|ap|md|ml|po)-[0-9]{3,6}(?:-[a-z]{2,5}){0,3}\b",
        why="form of a docket number of a court",
        score=0.88,
        holds=(b"-cv-", b"-cr-", b"-bk-", b"-mc-", b"-mj-", b"-ap-", b"-md-", b"-ml-", b"-po-"),
    ),
    Rule(
        detector="driver-license",
        label=Label.LICENSE,
        pattern=r"\bdl[ ]?(?:#|no\.?|number|num)[: ]*([a-z]{0,3}[0-9][a-z0-9]*(?:[- ][0-9]{2,}[a-z]?)*)",
        why="what stands behind the abbreviation of a driver's licence number",
        check=_has_digits,
        score=0.9,
        holds=(b"dl",),
    ),
    Rule(
        detector="plate-german",
        label=Label.VEHICLE,
        pattern=r"\b(?:kennzeichen|nummernschild):?[ ]"
        r"([a-z]{1,3}[- ][a-z]{1,2}[ ]?[0-9]{1,4}[eh]?|[0-9]{3,4}[ ][a-z]{2,3})\b",
        why="form of a licence plate behind its name",
        score=0.9,
        holds=(b"kennzeichen", b"nummernschild"),
    ),
    Rule(
        detector="record-of-hospital",
        label=Label.MRN,
        pattern=r"\b(?:hosp|hospital|patient|pt|unit)\.? (?:no|nr|num)\b\.?:? ?"
        r"((?:[a-z]{1,3}[ -]?)?[0-9]{2,}(?:[ /-][0-9]{2,})*)\b",
        why="behind the abbreviation of a hospital's number",
        check=_has_digits,
        score=0.9,
        holds=(b"hosp", b"patient", b"pt", b"unit"),
    ),
    Rule(
        detector="file-by-strokes",
        label=Label.ID,
        pattern=r"\b(?:ref|reference|quote|quoting|file|case|matter|dossier|under|zaak|dossiernummer|aktenzeichen|az|gz)\b"
        r"\.?(?: (?:no|nr|number|is))?[.:]{0,2} "
        r"([a-z]{1,4}/[0-9]{4,8}/[a-z0-9]{1,6}|20[0-9]{2}/[a-z]{2,5}/[0-9]{2,6}|[a-z]{2,5}/20[0-9]{2}/[0-9]{2,6})\b",
        why="letters and numbers between strokes, as files are named, behind a word for one",
        score=0.85,
        holds=(b"/",),
    ),
    Rule(
        detector="file-of-letters",
        label=Label.ID,
        pattern=r"\b[a-z]{2,4}/[0-9]{5,8}/[a-z]{2,4}\b",
        why="a long number between letters and strokes, as files are named",
        score=0.8,
        heeds_cues=True,
        holds=(b"/",),
    ),
)
