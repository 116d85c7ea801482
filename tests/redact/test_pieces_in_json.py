"""Conversations in JSON as recognizers and chats write them: pieces are judged together, words by their text."""

import json
from typing import Any

import pytest

from privity.redact import Redactor, Style
from privity.redact.documents import Kind, redact_document
from privity.redact.documents.json_form import JsonForm
from privity.redact.hiding.ways import way_of

NUMBER = ["four one one one", "one one one one", "one one one one", "one one one one"]
SPOKEN = ["my", "card", "is", *" ".join(NUMBER).split(), "thanks"]


def shown(redactor: Redactor, value: Any, style: Style = Style.LABEL) -> Any:
    return json.loads(redact_document(redactor, Kind.JSON, json.dumps(value).encode(), style).content)


@pytest.mark.parametrize(
    ("key", "pieces"),
    [
        ("segments", [{"id": at, "start": at * 0.3, "text": text} for at, text in enumerate(NUMBER)]),
        ("turns", [{"speaker": "caller", "text": text, "end": 1.5} for text in NUMBER]),
        ("messages", [{"role": "user", "content": text} for text in NUMBER]),
        ("anything", [{"channel": 1, "transcript": text} for text in NUMBER]),
    ],
)
def test_a_number_that_goes_on_over_pieces_is_one(redactor: Redactor, key: str, pieces: list[dict[str, Any]]) -> None:
    told = shown(redactor, {"call": "7", key: pieces})
    texts = {"text", "content", "transcript"}
    assert [text for piece in told[key] for name, text in piece.items() if name in texts] == ["[CARD]", "", "", ""]
    assert [list(piece) for piece in told[key]] == [list(piece) for piece in pieces]


def test_a_question_types_the_answer_of_the_next_piece(redactor: Redactor) -> None:
    asked = [{"role": "agent", "content": "what is the security code"}, {"role": "user", "content": "737"}]
    assert shown(redactor, {"messages": asked})["messages"][1] == {"role": "user", "content": "[CVV]"}


@pytest.mark.parametrize("text", [" ".join(SPOKEN), None])
def test_words_are_hidden_by_their_text_or_by_what_they_say_together(redactor: Redactor, text: str | None) -> None:
    words = [{"word": word, "punctuated_word": word.title(), "start": at * 0.3} for at, word in enumerate(SPOKEN)]
    value: dict[str, Any] = {"words": words} if text is None else {"transcript": text, "words": words}
    told = shown(redactor, value)["words"]
    assert [word["word"] for word in told] == ["my", "card", "is", "[CARD]", *[""] * 15, "thanks"]
    assert [word["punctuated_word"] for word in told] == ["My", "Card", "Is", "[CARD]", *[""] * 15, "Thanks"]
    assert [word["start"] for word in told] == [word["start"] for word in words]
    masked = shown(redactor, value, Style.MASK)["words"]
    assert [len(word["word"]) for word in masked] == [len(word) for word in SPOKEN]


def test_words_with_alternatives_and_other_spellings_of_keys(redactor: Redactor) -> None:
    items = [
        {"start_time": "0.1", "alternatives": [{"confidence": "0.9", "content": word}, {"content": "x"}]}
        for word in SPOKEN
    ]
    told = shown(redactor, {"results": {"items": items}})["results"]["items"]
    assert [item["alternatives"][0]["content"] for item in told][3:5] == ["[CARD]", ""]
    assert not any("four" in json.dumps(item) or len(item["alternatives"]) > 1 for item in told)
    best = {"Lexical": " ".join(SPOKEN), "Words": [{"Word": word, "Offset": 1} for word in SPOKEN]}
    assert [word["Word"] for word in shown(redactor, {"best": [best]})["best"][0]["Words"]][3:5] == ["[CARD]", ""]


def test_words_of_another_text_are_all_hidden_where_there_is_something_to_hide(redactor: Redactor) -> None:
    words = [{"word": "four"}, {"word": "one"}]
    assert shown(redactor, {"text": "my card is 4111111111111111", "words": words})["words"] == [{"word": ""}] * 2
    assert shown(redactor, {"text": "hello there", "words": words})["words"] == words


@pytest.mark.parametrize("key", ["word", "text"])
def test_the_only_word_of_an_answer_is_hidden_with_its_text(redactor: Redactor, key: str) -> None:
    said = ["who am i speaking with", "okafor", "the security code please", "737", "thanks"]
    turns = [{"text": text, "words": [{key: word, "start": 0.5, "end": 0.9} for word in text.split()]} for text in said]
    told = shown(redactor, {"turns": turns})["turns"]
    assert [[word[key] for word in turn["words"]] for turn in told] == [
        said[0].split(),
        ["[NAME]"],
        said[2].split(),
        ["[CVV]"],
        ["thanks"],
    ]


def test_a_segment_of_one_word_keeps_its_own_words(redactor: Redactor) -> None:
    segment = {"text": "737", "start": 0.5, "end": 0.9, "words": [{"word": "737", "start": 0.5, "end": 0.9}]}
    asked = {"text": "the cvv please", "start": 0.1, "end": 0.4, "words": []}
    told = shown(redactor, {"text": "the cvv please 737", "segments": [asked, segment]})
    assert told["segments"][1]["text"] == "[CVV]"
    assert told["segments"][1]["words"][0]["word"] == "[CVV]"


def test_documents_in_a_list_are_judged_each_by_itself(redactor: Redactor) -> None:
    documents = [
        {"id": 1, "text": "what is the room number"},
        {"id": 2, "text": "this is zyxwv"},
        {"id": 3, "text": "zyxwv"},
    ]
    assert shown(redactor, documents)[2] == {"id": 3, "text": "zyxwv"}


def test_a_batch_of_conversations_says_what_each_says_alone(redactor: Redactor) -> None:
    rows = [
        {"id": 1, "note": "mail ann@example.org", "segments": [{"start": 1, "by": "bob@example.org", "text": text,
         "words": [{"word": word, "by": "eve@example.org"} for word in text.split()]} for text in NUMBER],
         "last": "call 212-555-0147"},
        {"id": 2, "words": [{"word": word, "n": 4111111111111111} for word in SPOKEN], "end": "dan@example.org"},
    ]  # fmt: skip
    way = way_of(Style.LABEL)
    together = JsonForm(redactor, way).batch(rows)
    assert together == [JsonForm(redactor, way).value(row) for row in rows]
    assert not any(word in json.dumps(together) for word in ("four", "@", "0147", "4111"))
