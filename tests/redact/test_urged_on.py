"""Numbers that are read while somebody urges on, in one line that does not say who speaks."""

import pytest

from privity.redact.redactor import Redactor

READ = (
    (
        "what's your social it's two okay next four one sorry i missed that three hold on eight eight could you slow down"
        " a bit six six oh one thanks => two|four one|three|eight eight|six six oh one"
    ),
    (
        "can i get the account number sure four seven let me find a pen okay two thousand one hundred fifteen go ahead"
        " nine oh okay and your appointment is at nine thirty => four seven|two thousand one hundred fifteen|nine oh"
    ),
    (
        "a callback number please it's 4 1 5 say that again five five five the line is bad twelve mm-hm sixty six okay"
        " => 4 1 5|five five five|twelve|sixty six"
    ),
    (
        "read me the card number five one two say that again four two two six seven okay got that one mm-hm okay thirty"
        " could you speak up five hundred and fifty i'm listening five two nine thanks"
        " => five one two|four two two six seven|one|thirty|fifty|five two nine"
    ),
)
text = "my social is four two okay seven one okay eight eight go on two one three okay that's nineteen ninety nine a month"
    assert redactor.redact_text(text).text.endswith("okay that's nineteen ninety nine a month")


@pytest.mark.parametrize("text", INNOCENT)
def test_numbers_of_other_things_beside_such_words_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
