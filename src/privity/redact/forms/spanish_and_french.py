"""Written numbers behind what Spanish and French call them: "mi código postal es 28013", "mon NAS est le 046 454 286".

A sentence of five words often shows too little of its language to be read in it, so these forms ask for the name of a
number and a value that fits it, and for nothing else of the language.
"""

from collections.abc import Callable

from privity.redact.forms.rule import Rule
from privity.redact.labels import Label

_SURE = 0.96  # the name and the form of the number
# What stands between the name of a number and its value.
_BETWEEN = (
    "es|son|era|est|c'est|sont|is|el|la|los|le|les|l'|de|del|du|des|d'|al|au|a|mi|mis|su|sus|tu|mon|ma|mes|son|sa|votre|"
    "numero|num|no|nro|n|hijo|hija|esposo|esposa|marido|mujer|madre|padre|mama|papa|hermano|hermana|fils|fille|mari|"
    "femme|mere|pere|frere|soeur|personal|personnel|particular|nuevo|nueva|nouveau|nouvelle|actual|actuel|siguiente|"
    "suivant|credito|debito|credit|bancaria|bancario|bancaire|banco|banque|cliente|client|visa|mastercard|social|"
    "casa|trabajo|movil|fijo|celular|domicile|travail|bureau|portable|fixe|medica|medico|medical|conducir|conduire"
)
_TO = rf"(?:[ ,:.#]{{0,3}}\b(?:{_BETWEEN})\b'?){{0,6}}[ ,:.#]{{0,3}}(?:- )?"
_DIGIT = r"[0-9](?:[ ./-]{0,3}[0-9])"  # and how many more


def _is_no_year(text: str) -> bool:
    return not (len(text) == 4 and text.startswith(("19", "20")))


def _rule(
    name: str,
    label: Label,
    names: tuple[str, ...],
    value: str,
    *,
    check: Callable[[str], bool] | None = None,
    signs: tuple[str, ...] = (),
) -> Rule:
    return Rule(
        detector=f"{name}-elsewhere",
        label=label,
        pattern=rf"\b(?:{'|'.join(names)})\b{_TO}\b({value})\b",
        why="behind its Spanish or French name",
        score=_SURE,
        check=check,
        holds=tuple(each.encode() for each in signs or names),
    )


SPANISH_AND_FRENCH: tuple[Rule, ...] = (
    _rule(
        "postcode",
        Label.ZIP,
        ("codigo postal", "cod postal", "code postal", "cp"),
        r"[0-9]{5}|[a-z][0-9][a-z][ -]?[0-9][a-z][0-9]",
    ),
    _rule(
        "telephone",
        Label.PHONE,
        (
            "telefono",
            "telefonico",
            "celular",
            "movil",
            "llameme",
            "llamame",
            "llamenme",
            "llamarme",
            "marqueme",
            "fijo",
            "whatsapp",
            "telephone",
            "(?:mon|votre|son|de) portable",
            "portable c'est",
            "cellulaire",
            "appelez",
            "appelez[- ]moi",
            "appelle[- ]moi",
            "rappelez",
            "rappelez[- ]moi",
            "joindre",
        ),
        rf"(?:\+ ?)?{_DIGIT}{{7,14}}",
        signs=(
            "telefon",
            "celular",
            "movil",
            "llam",
            "marqueme",
            "fijo",
            "whatsapp",
            "telephone",
            "portable",
            "cellulaire",
            "appel",
            "joindre",
        ),
    ),
    _rule("card", Label.CARD, ("tarjeta", "carte"), rf"{_DIGIT}{{12,18}}"),
    _rule(
        "account",
        Label.BANK_ACCOUNT,
        ("cuenta", "compte", "clabe", "cbu"),
        rf"(?:[a-z]{{2}} ?)?{_DIGIT}{{7,27}}[0-9a-z]{{0,4}}",
    ),
    _rule(
        "social-security",
        Label.SSN,
        (
            "seguro social",
            "seguridad social",
            "nss",
            "nuss",
            "imss",
            "securite sociale",
            "secu",
            "nir",
            "assurance sociale",
        ),
        rf"{_DIGIT}{{8,14}}",
    ),
    _rule(
        "social-insurance",
        Label.SSN,
        ("nas", "assurance sociale"),
        r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}",
    ),
    _rule(
        "identity",
        Label.SSN,
        ("dni", "nif", "curp", "rfc", "cedula", "cuil", "cuit"),
        r"[a-z]{4}[0-9]{6}[hmx][a-z]{5}[0-9a-z][0-9]|[a-z&]{3,4} ?-?[0-9]{6} ?-?[0-9a-z]{3}|"
        rf"{_DIGIT}{{5,12}}(?:[ -]?[a-z])?",
    ),
    _rule("foreigner", Label.SSN, ("nie",), r"[xyz][ -]?[0-9]{7}[ -]?[a-z]"),
    _rule(
        "record",
        Label.MRN,
        (
            "expediente",
            "historia clinica",
            "historial",
            "mon dossier",
            "votre dossier",
            "numero de dossier",
            "dossier medical",
        ),
        r"(?:[a-z]{1,4}[ -]?)?[0-9](?:[ .-]?[0-9]){3,11}",
        check=_is_no_year,
    ),
    _rule(
        "insurance",
        Label.HEALTH_PLAN,
        (
            "poliza",
            "afiliacion",
            "afiliado",
            "tarjeta sanitaria",
            "seguro medico",
            "ramq",
            "assurance maladie",
            "carte vitale",
            "mutuelle",
            "carte soleil",
        ),
        rf"(?:[a-z]{{1,4}}[ -]?)?{_DIGIT}{{4,14}}",
    ),
    _rule("passport", Label.LICENSE, ("pasaporte", "passeport"), r"[a-z]{0,3}[0-9]{2}[a-z]{0,2}[0-9]{4,7}"),
    _rule(
        "permit",
        Label.LICENSE,
        ("licencia", "permiso", "permis"),
        r"(?:[a-z]{1,2}[ -]?)?[0-9](?:[ -]?[0-9]){5,11}[a-z]?",
    ),
    _rule(
        "plate",
        Label.VEHICLE,
        ("matricula", "placa", "placas", "patente", "plaque", "immatriculation", "immatriculee", "immatricule"),
        r"[0-9]{4}-?[a-z]{3}|[0-9]{4} [b-df-hj-np-tv-z]{3}|[a-z]{2}[ -]?[0-9]{3}[ -]?[a-z]{2}|[a-z]{3}-?[0-9]{2,4}",
    ),
)
"""The forms, in the order in which they are tried."""
