"""Hidden spans on a page: each label has the reason of its own finding, or none, and never a wrong one."""

from privity.custody.content import KeptTurn
from privity.dashboard.hidden import cut
from privity.redact import Finding, Label


def finding(label: Label) -> Finding:
    return Finding(label=label, detector="test", why="because", score=1.0)


def tied(*texts: str, labels: list[Label]) -> list[tuple[str, int | None]]:
    turns = cut([KeptTurn("caller", text) for text in texts], [finding(label) for label in labels])
    return [(piece.label, piece.finding) for turn in turns for piece in turn.pieces if piece.label is not None]


def test_labels_are_tied_to_findings_in_order() -> None:
    found = tied("[NAME] and [CARD]", "it's [NAME]", labels=[Label.NAME, Label.CARD, Label.NAME])
    assert found == [("NAME", 0), ("CARD", 1), ("NAME", 2)]


def test_what_was_doubted_is_a_finding_like_any_other() -> None:
    assert tied("[UNCERTAIN] [CARD]", labels=[Label.UNCERTAIN, Label.CARD]) == [("UNCERTAIN", 0), ("CARD", 1)]


def test_no_reason_is_better_than_a_wrong_one() -> None:
    found = tied("somebody said [NAME] in brackets, [NAME] [CARD]", labels=[Label.NAME, Label.CARD])
    assert found == [("NAME", None), ("NAME", None), ("CARD", 1)]


def test_text_around_stays_whole() -> None:
    [turn] = cut([KeptTurn("caller", "a [NAME], b [OTHER] <b>")], [finding(Label.NAME)])
    assert "".join(piece.text or f"[{piece.label}]" for piece in turn.pieces) == "a [NAME], b [OTHER] <b>"
