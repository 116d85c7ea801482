"""What docs/redaction.md shows is what happens."""

import re
from pathlib import Path

import pytest

from privity.redact import Redactor, policy_from_yaml

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "redaction.md").read_text(encoding="utf-8")


def block(language: str, holding: str) -> str:
    [found] = [text for text in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if holding in text]
    return str(found)


def test_the_recognizer_of_the_page_runs_and_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    program = block("python", "class Badges")
    assert len([line for line in program.splitlines() if line.strip() and not line.startswith("#")]) <= 10
    exec(program, {})  # noqa: S102 - the very text of the page
    assert capsys.readouterr().out.strip() == program.strip().splitlines()[-1].removeprefix("# ")


def test_the_document_of_the_page_is_redacted_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    program = block("python", "redact_document(")
    exec(program, {})  # noqa: S102 - the very text of the page
    said = [line.removeprefix("#").removeprefix(" ") for line in program.splitlines() if line.startswith("#")]
    assert capsys.readouterr().out.splitlines() == said


def test_every_form_of_the_page_is_one_of_the_program() -> None:
    from privity.redact.documents import Kind

    rows = re.findall(r"^\| (`[a-z]+`(?:, `[a-z]+`)*) \|", PAGE[PAGE.index("| form | what happens |") :], re.MULTILINE)
    named = {name.strip("`") for row in rows[:5] for name in row.split(", ")}
    assert named == {str(kind) for kind in Kind} - {"text"}


def test_the_policy_of_the_page_is_one(redactor: Redactor) -> None:
    policy = policy_from_yaml(block("yaml", "front-desk").replace("plugins: [rooms]", ""))
    own = redactor.under(policy)
    assert own.redact_text("my badge is B-25, project falcon, Dr. Pepper").text == (
        "my badge is [ID], [ID], Dr. Pepper"
    )


def test_the_log_filter_of_the_page_hides_what_it_says() -> None:
    from privity import log_filter

    shown = re.findall(r"^(log_filter\.sanitize_.*)\n# (.*)$", block("python", "import log_filter"), re.MULTILINE)
    assert len(shown) == 2
    for call, answer in shown:
        assert repr(eval(call, {"log_filter": log_filter})) == answer  # noqa: S307 - the very text of the page
