"""A conversation that is redacted while it goes on: what is held, what is released, and what the end says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from privity.redact import Redactor, Stream, Turn

_REDACTOR = Redactor()
CALL = (
    ("agent", "thanks for calling who am i speaking with"),
    ("caller", "this is priya okafor"),
    ("agent", "what card would you like to use"),
    ("caller", "it's four one one one"),
    ("agent", "mm-hm"),
    ("caller", "one one one one one one one one"),
    ("agent", "go on"),
    ("caller", "one one double one"),
    ("agent", "thank you priya anything else"),
    ("caller", "no that is all for today"),
)
_WORDS = st.sampled_from([
    "my", "card", "is", "visa", "cvv", "code", "phone", "call", "me", "at", "born", "this", "is", "john", "smith",
    "four", "one", "double", "oh", "eleven", "twenty", "nine", "4111", "1111", "12/29", "march", "third", "oak",
    "street", "14", "and", "uh", "mm-hm", "no", "sorry", "room", "order", "thanks", "today", "please", "okay",
])  # fmt: skip
_TURNS = st.lists(
    st.tuples(st.sampled_from(["agent", "caller"]), st.lists(_WORDS, max_size=8).map(" ".join)), max_size=14
)


def turns(*said: tuple[str, str]) -> list[Turn]:
    return [Turn(speaker=speaker, text=text) for speaker, text in said]


def test_a_number_that_goes_on_is_held_until_it_ends() -> None:
    stream = Stream(_REDACTOR)
    shown: dict[int, str] = {}
    for number, turn in enumerate(turns(*CALL)):
        for released in stream.add(turn):
            shown[released.number] = released.turn.text
        if 3 <= number <= 8:
            assert 3 not in shown
    assert shown[1] == "this is [NAME]"
    assert shown[3] == "it's [CARD]"
    rest, finished = stream.finish()
    shown |= {each.number: each.turn.text for each in rest}
    assert [shown[number] for number in range(len(CALL))] == [turn.text for turn in finished.redacted.turns]
    assert finished.corrected == ()


def test_the_delay_is_told() -> None:
    stream = Stream(_REDACTOR)
    delays = [released.held_for for turn in turns(*CALL) for released in stream.add(turn)]
    assert delays[:3] == [0, 0, 0]
    assert max(delays) == 6
    assert stream.held > 0


def test_a_name_that_a_later_turn_gives_away_is_told_at_the_end() -> None:
    stream = Stream(_REDACTOR)
    said = turns(("agent", "Did Okoro come in?"), ("caller", "My name is Okoro."))
    before = [released.turn.text for turn in said for released in stream.add(turn)]
    _, finished = stream.finish()
    after = [turn.text for turn in finished.redacted.turns]
    assert finished.corrected == tuple(
        n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]
    )
    assert "Okoro" not in "".join(after)


def test_a_name_is_remembered_beyond_the_window() -> None:
    stream = Stream(_REDACTOR)
    stream.add(Turn(speaker="caller", text="my name is quillon zarathia"))
    for _ in range(40):
        stream.add(Turn(speaker="agent", text="let me look into that for you"))
    (released,) = stream.add(Turn(speaker="agent", text="so zarathia will be there"))
    assert released.turn.text == "so [NAME] will be there"


def test_a_partial_turn_shows_no_number_at_its_end() -> None:
    stream = Stream(_REDACTOR)
    stream.add(Turn(speaker="agent", text="what card would you like to use"))
    text = "it's four one one one one one one"
    for end in range(len(text) + 1):
        shown = stream.partial(Turn(speaker="caller", text=text[:end]))
        assert "one" not in shown
        assert "four" not in shown


@given(_TURNS)
@settings(max_examples=60, deadline=None)
def test_the_end_says_what_the_whole_conversation_says(said: list[tuple[str, str]]) -> None:
    stream = Stream(_REDACTOR)
    given_turns = turns(*said)
    shown = [released for turn in given_turns for released in stream.add(turn)]
    rest, finished = stream.finish()
    assert [released.number for released in (*shown, *rest)] == list(range(len(given_turns)))
    assert finished.redacted == _REDACTOR.redact_turns(given_turns)


def test_a_number_word_is_not_made_of_the_ends_of_two_turns(redactor: Redactor) -> None:
    # Characters that nobody sees are left out, and a span that reached beyond its turn had no place in it.
    turns = [Turn(speaker="a", text="my card number is four one one\u200b thr"), Turn(speaker="b", text="ee or so")]
    redacted = redactor.redact_turns(turns)
    assert redacted.turns[1].text == "ee or so"
    assert "four" not in redacted.turns[0].text
    for turn, spans in zip(turns, redacted.spans, strict=True):
        assert all(span.end <= len(turn.text) for span in spans)


def test_no_span_reaches_beyond_its_turn(redactor: Redactor) -> None:
    said = "are you at the house\nit has two beds, one and\na half baths at 12 oak street apartment nin\nety four"
    for size in range(1, 30):
        parts = [said[at : at + size] for at in range(0, len(said), size)]
        turns = [Turn(speaker="ab"[at % 2], text=part) for at, part in enumerate(parts)]
        for turn, spans in zip(turns, redactor.detect_turns(turns), strict=True):
            assert all(0 <= span.start < span.end <= len(turn.text) for span in spans)
