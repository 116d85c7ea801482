"""Documents with a form of their own: what identifies is hidden, the form stays, and what cannot be read is refused."""

import contextlib
import json
from email import message_from_bytes, policy

import pytest

from privity.errors import BadInput, Unreadable
from privity.redact import Label, Redactor, Surrogates, Turn, Word
from privity.redact.documents import Kind, kind_of_name, redact_document
from privity.redact.documents.columns import label_of_column
from privity.redact.hiding.audio_windows import Window, windows_to_silence
from promises import promise


def redacted(redactor: Redactor, kind: Kind, source: str) -> str:
    return redact_document(redactor, kind, source.encode()).content.decode()


@pytest.mark.parametrize(
    ("name", "label"),
    [("ssn", Label.SSN), ("Patient_First_Name", Label.NAME), ("homePhone2", Label.PHONE), ("DOB (mm/dd)", Label.DOB),
     ("card-number", Label.CARD), ("cvv", Label.CVV), ("zip", Label.ZIP), ("id", None), ("note", None), ("", None),
     ("phone_count", None), ("name of ship", None), ("S.S.N.", Label.SSN), ("SS #", Label.SSN), ("csc", Label.CVV),
     ("Taxpayer ID", Label.SSN), ("\u017f\u017fn", Label.SSN)],
)  # fmt: skip
def test_a_column_tells_what_stands_under_it(name: str, label: Label | None) -> None:
    assert label_of_column(name) is label


@promise("E1", sabotage="columns_tell_nothing")
def test_a_telling_key_hides_whatever_stands_under_it(redactor: Redactor) -> None:
    source = {"ssn": 12, "first_name": "Zyx", "deep": {"dob": ["1980", {"x": "y"}]}, "ok": True, "none": None, "n": 5}
    shown = json.loads(redacted(redactor, Kind.JSON, json.dumps(source)))
    assert shown == {
        "ssn": "[SSN]", "first_name": "[NAME]", "deep": {"dob": ["[DOB]", {"x": "[DOB]"}]}, "ok": True, "none": None,
        "n": 5,
    }  # fmt: skip


def test_keys_numbers_and_strings_of_json_are_judged(redactor: Redactor) -> None:
    source = '{"ann@example.org": 1, "bob@example.org": 2, "x": 4111111111111111, "y": ["call 212-555-0147"]}'
    shown = json.loads(redacted(redactor, Kind.JSON, source))
    assert shown == {"[EMAIL]": 1, "[EMAIL]'": 2, "x": "[CARD]", "y": ["call [PHONE]"]}


def test_json_turns_are_one_conversation(redactor: Redactor) -> None:
    turns = [
        {"speaker": "agent", "text": "your card number please"},
        {"speaker": "caller", "text": "four one one one one one one one"},
        {"speaker": "agent", "text": "mm-hm"},
        {"speaker": "caller", "text": "one one one one one one one one"},
    ]
    shown = json.loads(redacted(redactor, Kind.JSON, json.dumps({"id": 7, "turns": turns})))
    assert shown["id"] == 7
    assert [turn["text"] for turn in shown["turns"]] == ["your card number please", "[CARD]", "mm-hm", ""]


def test_csv_keeps_its_rows_and_hides_its_columns(redactor: Redactor) -> None:
    source = 'id,First Name,DOB,note\r\n1,Zyx,x,"call 212-555-0147, ""now"""\r\n2,,,fine\r\n'
    assert redacted(redactor, Kind.CSV, source) == (
        'id,First Name,DOB,note\r\n1,[NAME],[DOB],"call [PHONE], ""now"""\r\n2,,,fine\r\n'
    )
    assert redacted(redactor, Kind.CSV, "a\tssn\nok\t1\textra ann@example.org\n") == (
        "a\tssn\nok\t[SSN]\textra [EMAIL]\n"
    )
    made = redact_document(redactor, Kind.CSV, b"first name\nMary\nMary\n", Surrogates(b"k" * 32)).content.decode()
    assert made.splitlines()[1] == made.splitlines()[2] != "Mary"


def test_html_stays_whole_and_a_number_goes_over_its_tags(redactor: Redactor) -> None:
    source = (
        '<!doctype html><p class="x" title="for ann@example.org">card 4111 <b>1111</b> 1111&#32;1111 ok '
        '<a href="mailto:ann@example.org">mail</a><!-- ssn 123-45-6789 --></p><script>var a = "212-555-0147"</script>'
        "<td>212-555-0147</td><td>a &lt; b</td> <b title='ann@example.org"
    )
    assert redacted(redactor, Kind.HTML, source) == (
        '<!doctype html><p class="x" title="for [EMAIL]">card [CARD]<b></b> ok '
        '<a href="mailto:[EMAIL]">mail</a><!-- ssn [SSN] --></p><script>var a = "[PHONE]"</script>'
        "<td>[PHONE]</td><td>a &lt; b</td> <b title='[EMAIL]"
    )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("write to <ann@example.org> now", "write to <[EMAIL]> now"),
        ("<p 123-45-6789>x</p>", "<p [SSN]>x</p>"),
        ('<p title="never closed> ssn 123-45-6789', '<p title="never closed> ssn [SSN]'),
        ('<p title="open> ssn 123-45-6789 <p class="y">z', '<p title="open> ssn [SSN] <p class="y">z'),
    ],
)
def test_what_is_no_proper_tag_is_judged_too(redactor: Redactor, source: str, shown: str) -> None:
    assert redacted(redactor, Kind.HTML, source) == shown


@pytest.mark.parametrize("kind", [Kind.HTML, Kind.MARKDOWN, Kind.VTT, Kind.CSV])
@pytest.mark.parametrize("piece", ['<a "', "<", "<!--", "<script>", "&#", "*", '"', "<v "])
def test_walls_of_markup_take_linear_time(redactor: Redactor, kind: Kind, piece: str) -> None:
    head = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n" if kind is Kind.VTT else ""
    with contextlib.suppress(Unreadable):
        redact_document(redactor, kind, (head + piece * 40_000).encode())


def test_markdown_stays_whole(redactor: Redactor) -> None:
    source = "# Notes\n\n* **call** 212-**555**-0147\n* `ann@example.org`\n"
    assert redacted(redactor, Kind.MARKDOWN, source) == "# Notes\n\n* **call** [PHONE]****\n* `[EMAIL]`\n"


VTT = """WEBVTT

NOTE made by ann@example.org

1
00:00:01.000 --> 00:00:04.000
<v Mary Okafor>my card is four one one one one one

2
00:00:04.000 --> 00:00:08.000 align:start
<v Mary Okafor>one one one one one one one one one one thanks

00:00:09.000 --> 00:00:11.000
<v Agent>you are welcome
"""


def test_a_number_goes_on_over_cues_and_times_stay(redactor: Redactor) -> None:
    shown = redacted(redactor, Kind.VTT, VTT)
    assert shown.splitlines() == [
        "WEBVTT", "", "NOTE made by [EMAIL]", "", "1", "00:00:01.000 --> 00:00:04.000", "<v [NAME]>my card is [CARD]",
        "",
        "2", "00:00:04.000 --> 00:00:08.000 align:start", "<v [NAME]> thanks", "", "00:00:09.000 --> 00:00:11.000",
        "<v Agent>you are welcome",
    ]  # fmt: skip
    srt = (
        "1\n00:00:01,000 --> 00:00:04,000\ncall two one two five five\n\n"
        "2\n00:00:04,000 --> 00:00:08,000\nfive oh one four seven ok\n"
    )
    assert redacted(redactor, Kind.SRT, srt) == (
        "1\n00:00:01,000 --> 00:00:04,000\ncall [PHONE]\n\n2\n00:00:04,000 --> 00:00:08,000\n ok\n"
    )


MAIL = (
    b"From: Jane Lee <jane@example.org>\r\nTo: a@example.org, c@example.org\r\nSubject: call 212-555-0147\r\n"
    b"Received: from [203.0.113.9] by mx\r\nX-Note: ssn 123-45-6789\r\nMessage-ID: <17@example.org>\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    b"--x\r\nContent-Type: text/plain; charset=latin-1\r\n\r\nmy ssn is 123-45-6789, caf\xe9\r\n"
    b'--x\r\nContent-Type: image/png; name="jane_lee.png"\r\n\r\nPNG jane@example.org\r\n'
    b"--x\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@example.org\r\n\r\nfrom jane@example.org\r\n"
    b'--x\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename="jane.html"\r\n\r\n'
    b"<b>jane@example.org</b>\r\n--x--\r\n"
)


def test_mail_is_redacted_in_headers_and_parts_and_still_mail(redactor: Redactor) -> None:
    document = redact_document(redactor, Kind.EMAIL, MAIL)
    for value in (b"jane", b"example.org", b"212-555", b"123-45", b"203.0", b"PNG"):
        assert value not in document.content
    message = message_from_bytes(document.content, policy=policy.default)
    assert message["Subject"] == "call [PHONE]"
    parts = [part for part in message.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/plain", "text/plain", "text/html"]
    assert parts[0].get_content().strip() == "my ssn is [SSN], caf\u00e9"
    assert parts[1].get_content().strip() == "[REMOVED: image/png]"
    assert Label.SSN in {finding.label for finding in document.findings}


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.JSON, b'{"broken": '),
        (Kind.JSON, b'{"x": "\\ud800"}'),
        (Kind.JSON, b"[" * 100_000),
        (Kind.JSON, b"\xff\xfe\x00secret"),
        (Kind.CSV, b'a,b\n"secret'),
        (Kind.CSV, b"a,b\xff"),
        (Kind.HTML, b"<p>\xff"),
        (Kind.VTT, b"WEBVTT\n\nsecret"),
        (Kind.EMAIL, b""),
        (Kind.EMAIL, b"\x00\x01\x02secret"),
    ],
)
def test_what_is_not_of_its_form_is_refused_without_being_quoted(redactor: Redactor, kind: Kind, raw: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        redact_document(redactor, kind, raw)
    assert "secret" not in f"{refused.value.message} {refused.value.advice}"
    assert refused.value.__cause__ is None


def test_the_name_of_a_file_tells_its_form() -> None:
    assert [kind_of_name(name) for name in ("a.CSV", "b.eml", "c", "d.vtt")] == [
        Kind.CSV,
        Kind.EMAIL,
        Kind.TEXT,
        Kind.VTT,
    ]


def spoken(speaker: str, text: str, at: int) -> Turn:
    words, place = [], 0
    for word in text.split():
        words.append(Word(text=word, start_ms=at, end_ms=at + 90, start=place, end=place + len(word)))
        at, place = at + 100, place + len(word) + 1
    return Turn(speaker=speaker, text=text, words=tuple(words))


@promise("E1", sabotage="silence_ends_with_the_first_part")
def test_a_finding_is_silent_from_its_first_word_to_its_last_with_a_margin(redactor: Redactor) -> None:
    turns = [
        spoken("agent", "your card number please", 0),
        spoken("caller", "it is four one one one one one one one", 10_000),
        spoken("agent", "mm-hm", 12_000),
        spoken("caller", "one one one one one one one one thanks", 20_000),
        spoken("agent", "thank you goodbye", 60_000),
    ]
    spans = redactor.detect_turns(turns)
    assert windows_to_silence(turns, spans, duration_ms=70_000) == (Window(9_700, 21_290),)


def test_each_of_several_findings_alike_is_silent(redactor: Redactor) -> None:
    """Equal findings may be one object; each value has its own place in the recording all the same."""
    turns = [
        spoken("A", "my card is 4111 1111 1111 1111", 1_000),
        spoken("A", "and my other card is 5555 5555 5555 4444", 30_000),
        spoken("A", "Juhani Rajala came with Dacin Okafor today", 60_000),
    ]
    spans = redactor.detect_turns(turns)
    assert len(spans[2]) == 2
    windows = windows_to_silence(turns, spans, duration_ms=90_000)
    for turn, found in zip(turns, spans, strict=True):
        for span in found:
            for word in turn.words:
                if word.start < span.end and span.start < word.end:
                    assert any(window.start_ms <= word.start_ms and word.end_ms <= window.end_ms for window in windows)
    assert len(windows) >= 3


def test_windows_that_meet_are_one_and_stay_within_the_recording(redactor: Redactor) -> None:
    turns = [spoken("caller", "ann@example.org and bob@example.org", 0)]
    spans = redactor.detect_turns(turns)
    assert windows_to_silence(turns, spans, duration_ms=600) == (Window(0, 600),)


def test_what_cannot_be_placed_silences_more(redactor: Redactor) -> None:
    good = spoken("caller", "please call ann@example.org now", 5_000)
    backwards = Turn(
        speaker="caller",
        text=good.text,
        words=tuple(
            Word(
                text=word.text,
                start=word.start,
                end=word.end,
                start_ms=9_000 - word.start_ms,
                end_ms=9_090 - word.start_ms,
            )
            for word in good.words
        ),
    )
    spans = redactor.detect_turns([backwards])
    assert windows_to_silence([backwards], spans, duration_ms=20_000, margin_ms=0) == (Window(3_700, 4_090),)
    silent = Turn(speaker="caller", text=good.text)
    assert windows_to_silence([silent], redactor.detect_turns([silent]), duration_ms=20_000) == (Window(0, 20_000),)


@pytest.mark.parametrize("moved", [-10_000, 10_000])
def test_a_finding_at_no_time_of_the_recording_silences_all(redactor: Redactor, moved: int) -> None:
    word = Word(text="123-45-6789", start_ms=5_000 + moved, end_ms=5_400 + moved, start=0, end=11)
    turn = Turn(speaker="caller", text="123-45-6789", words=(word,))
    spans = redactor.detect_turns([turn])
    assert windows_to_silence([turn], spans, duration_ms=9_000) == (Window(0, 9_000),)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Name 1,SSN 2\nAda,123456789\n", "Name 1,SSN 2\n[NAME],[SSN]\n"),
        ("# made in March\nname,ssn\nAda,123456789\n", "# made in March\nname,ssn\n[NAME],[SSN]\n"),
        ("'name','ssn'\n'Lee, Ada','123456789'\n", "'name','ssn'\n[NAME],[SSN],[ID]\n"),
        ("name,ssn\nAda,123456789,,\n", "name,ssn\n[NAME],[SSN],,\n"),
        ("a,b,c,d\n4111,1111,1111,1111\n1,2,3,4\n", "a,b,c,d\n[CARD],[CARD],[CARD],[CARD]\n1,2,3,4\n"),
    ],
)
def test_columns_of_csv_are_known_however_they_are_named(redactor: Redactor, raw: str, shown: str) -> None:
    assert redacted(redactor, Kind.CSV, raw) == shown


@pytest.mark.parametrize(
    "raw",
    [
        '["4111", "1111", "1111", "1111"]',
        f"[4{', 1' * 15}]",
        '{"a": {"p1": "4111", "p2": "1111", "p3": 1111, "p4": "1111"}}',
    ],
)
def test_a_card_number_divided_over_json_is_one(redactor: Redactor, raw: str) -> None:
    assert "1" not in redacted(redactor, Kind.JSON, raw).replace('"p1"', "")


def test_other_numbers_in_json_stay(redactor: Redactor) -> None:
    raw = '{\n  "years": [\n    2019,\n    2020,\n    2021,\n    2022\n  ]\n}\n'
    assert redacted(redactor, Kind.JSON, raw) == raw


def test_many_digits_in_a_plain_attribute_are_judged(redactor: Redactor) -> None:
    assert "4111" not in redacted(redactor, Kind.HTML, '<p class="u-4111111111111111" style="width:100px">x</p>')


def test_parts_of_mail_in_parts_are_all_there(redactor: Redactor) -> None:
    raw = (
        "Subject: x\r\nX-Ssn: 123456789\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b\r\n"
        "Content-Type: text/html\r\n\r\n<p>2</p>\r\n--b--\r\n--a\r\nContent-Type: text/plain\r\n\r\nthree\r\n--a--\r\n"
    )
    message = message_from_bytes(redacted(redactor, Kind.EMAIL, raw).encode())
    assert message["X-Ssn"] == "[SSN]"
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/plain"]
    assert redacted(redactor, Kind.EMAIL, raw) == redacted(redactor, Kind.EMAIL, raw)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("soc_sec_no", Label.SSN),
        ("ssNumber", Label.SSN), ("social-insurance", Label.SSN), ("exp_month", Label.EXPIRY),
        ("cardExp", Label.EXPIRY),
        ("verification_value", Label.CVV), ("birth", Label.DOB), ("dl_number", Label.LICENSE),
        ("policyNo", Label.HEALTH_PLAN), ("track_data", Label.CARD), ("privateKey", Label.PASSWORD),
        ("Numéro de carte", Label.CARD), ("date_de_naissance", Label.DOB), ("Apellidos", Label.NAME),
        ("código postal", Label.ZIP), ("Numéro de sécurité sociale", Label.SSN), ("motDePasse", Label.PASSWORD),
        ("claimNumber", Label.ID), ("exp", None), ("last4", None), ("state", None), ("case", None),
        ("social", Label.SSN), ("Social History", None), ("social_media", None),
        ("SS", Label.SSN), ("taxpayer", Label.SSN),
    ],
)  # fmt: skip
def test_shortened_names_of_columns(name: str, label: Label | None) -> None:
    assert label_of_column(name) is label


def test_a_form_is_told_by_its_name_and_none_is_guessed(redactor: Redactor) -> None:
    raw = b'{"ssn": 392217909}'
    assert redact_document(redactor, "json", raw) == redact_document(redactor, Kind.JSON, raw)
    with pytest.raises(BadInput, match="no such form"):
        redact_document(redactor, "yaml", raw)


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ('<input name="ssn" value="392217909">', '<input name="ssn" value="[SSN]">'),
        ("<INPUT ID='cardCvv' VALUE=737>", "<INPUT ID='cardCvv' VALUE=[CVV]>"),
        ('<input id="family-name" value="Zabrocki &amp; Co">', '<input id="family-name" value="[NAME]">'),
        ('<td data-ssn="392217909" data-rows="392217908">', '<td data-ssn="[SSN]" data-rows="392217908">'),
        ('<input type="submit" name="address" value="Save">', '<input type="submit" name="address" value="Save">'),
        ('<meta name="viewport" content="width=640">', '<meta name="viewport" content="width=640">'),
        ('<input name="ssn" value="">', '<input name="ssn" value="">'),
        ('<input name="quantity" value="392217">', '<input name="quantity" value="392217">'),
    ],
)  # fmt: skip
def test_a_field_of_a_form_is_told_by_its_name(redactor: Redactor, tag: str, shown: str) -> None:
    assert redacted(redactor, Kind.HTML, f"<p>{tag}</p>") == f"<p>{shown}</p>"


def test_a_row_of_names_and_streets_is_no_header(redactor: Redactor) -> None:
    raw = "name,address\nAnn,Main Street\nZorblax License,Quux\nZorblax,Street\nQuzzle,Elm\n"
    told = redacted(redactor, Kind.CSV, raw)
    assert told == "name,address\n[NAME],[ADDRESS]\n[NAME],[ADDRESS]\n[NAME],[ADDRESS]\n[NAME],[ADDRESS]\n"
    raw = "first name,last name,city\nAnn,Street,Mobile\n"
    assert redacted(redactor, Kind.CSV, raw) == "first name,last name,city\n[NAME],[NAME],[LOCATION]\n"


def test_a_later_header_names_columns(redactor: Redactor) -> None:
    raw = "name,note\nZorblax,fine\nSSN 2,Home Phone\n12,zorblax\n"
    assert redacted(redactor, Kind.CSV, raw) == "name,note\n[NAME],fine\nSSN 2,Home Phone\n[SSN],[PHONE]\n"


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        (" align:start position:10%", True), (" line:-1 size:35.5% region:fred", True),
        (" X1:40 X2:600 Y1:20 Y2:50", True),
        (" position:219-45-6783", False), (" X1:4012888888881881", False), (" call ann birch", False),
    ],
)  # fmt: skip
def test_what_stands_behind_the_times_of_a_cue_says_where_it_stands_or_goes(
    redactor: Redactor, settings: str, kept: bool
) -> None:
    times = "WEBVTT\n\n00:01.000 --> 00:02.000"
    shown = settings if kept else ""
    assert redacted(redactor, Kind.VTT, f"{times}{settings}\nhello there\n") == f"{times}{shown}\nhello there\n"


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("<i>", True), ("</c>", True), ("<c.yellow.bg_blue>", True), ("<font color='#ff0000'>", True),
        ("</font>", True),
        ("<00:00:01.500>", True), ("<c.4012888888881881>", False), ("<font color='219-45-6783'>", False),
        ("<c.my.name.is.ann.birch>", False),
    ],
)  # fmt: skip
def test_tags_of_cues_say_what_words_look_like_or_go(redactor: Redactor, tag: str, kept: bool) -> None:
    head = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
    assert redacted(redactor, Kind.VTT, f"{head}{tag}hello\n") == f"{head}{tag if kept else ''}hello\n"


@pytest.mark.parametrize("header", ["To", "Reply-To", "From", "Content-Type", "Content-Disposition", "Subject", "Date"])
@pytest.mark.parametrize("piece", ['"', "a ", "a;", "a@b.example, ", "=?utf-8?q?a?= "])
def test_endless_headers_of_mail_take_linear_time(redactor: Redactor, header: str, piece: str) -> None:
    with contextlib.suppress(Unreadable):  # quadratic work takes minutes
        redacted(redactor, Kind.EMAIL, f"{header}: {piece * (100_000 // len(piece))}\n\nhello")


def test_addresses_in_formal_attributes_are_judged(redactor: Redactor) -> None:
    source = '<p class="x" style="background:url(https://ann-lee.example.org/me.jpg)" target="ann@birch.example">hi</p>'
    shown = redacted(redactor, Kind.HTML, source)
    assert "ann" not in shown
    assert shown.startswith('<p class="x" style="background:url([URL]')
    assert "margin:0 10px 20px 30px" in redacted(redactor, Kind.HTML, '<p style="margin:0 10px 20px 30px">hi</p>')
