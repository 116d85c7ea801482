"""Keys of programs by the forms that those who issue them have made known: "ghp_...", "xoxb-...", "AKIA..."."""

from privity.redact.forms.rule import Rule
from privity.redact.labels import Label

KEYS: tuple[Rule, ...] = (
    Rule(
        detector="secret-key",
        label=Label.PASSWORD,
        pattern=r"\b(?:(?:sk|pk|rk)_(?:live|test)_[a-z0-9]{10,}\b|gh[pousr]_[a-z0-9]{20,}\b|akia[a-z0-9]{16,20}\b|"
        r"asia[a-z2-7]{16}\b|xox[abeprs]-[a-z0-9-]{8,}|glpat-[a-z0-9_-]{16,}|aiza[a-z0-9_-]{30,}|"
        r"github_pat_[a-z0-9_]{20,}|(?:npm|shpat|hf|dop_v1)_[a-z0-9]{20,}|sk-(?:[a-z0-9]{2,8}-)*[a-z0-9_]{20,}|"
        r"eyj[a-z0-9_-]{10,}\.[a-z0-9_-]{10,}\.[a-z0-9_-]+)|"
        r"-----begin [a-z ]{0,20}private key-----[^-\x1d\x1e]*(?:-----end [a-z ]{0,20}private key-----)?",
        why="form of an access key",
        score=0.97,
        holds=(b"_", b"akia", b"asia", b"eyj", b"private key", b"xox", b"glpat-", b"aiza", b"sk-"),
    ),
)
"""The forms, in the order in which they are tried."""
