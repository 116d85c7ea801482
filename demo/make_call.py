"""Makes the bundled call: a caller books an appointment and says everything that may not be kept.

    demo/make_call.py demo/call.flac              the bundled call and demo/call.json beside it
    demo/make_call.py OUT.flac --seed 7           another person, other numbers
    demo/make_call.py OUT.wav --mono --rate 16000

Two espeak-ng voices speak the script, the agent on the left channel and the caller on the right. Nobody in it is real:
phone numbers are of the 555-01xx range, the card numbers pass the Luhn check and belong to no issuer's live range that
we know of. Needs espeak-ng (Debian: `apt-get install espeak-ng`) and the extra `speech` for encoding.
"""

import argparse
import io
import json
import random
import subprocess
import wave
from dataclasses import asdict, dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Line = tuple[str, str]
"""Who speaks, and what."""

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TENS = {2: "twenty", 3: "thirty", 4: "forty", 5: "fifty", 6: "sixty", 7: "seventy", 8: "eighty", 9: "ninety"}
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
ORDINALS = {
    3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 8: "eighth", 9: "ninth", 12: "twelfth", 14: "fourteenth",
    16: "sixteenth", 18: "eighteenth", 21: "twenty first", 24: "twenty fourth",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
PEOPLE = (
    "Maria Lopez", "James Carter", "Linda Parker", "Robert Miller", "Susan Clark", "David Thompson", "Karen Bennett",
    "Daniel Foster",
)  # fmt: skip
STREETS = ("Maple Avenue", "Lincoln Road", "Park Street", "Madison Avenue", "Oak Street")
AREA_CODES = ("612", "415", "303")


@dataclass(frozen=True)
class Facts:
    """What the caller says about herself."""

    name: str
    born: tuple[int, int, int]
    phone: str
    house: int
    street: str
    card: str
    expiry: tuple[int, int]
    code: str
    record: str

    @classmethod
    def drawn(cls, seed: int) -> "Facts":
        """Return made-up facts; the same for the same seed."""
        draw = random.Random(seed)  # noqa: S311 - made-up people need no secrecy

        def number(length: int, *, digits: str = "0123456789") -> str:
            return "".join(draw.choice(digits) for _ in range(length))

        stem = "4" + number(14)
        return cls(
            name=draw.choice(PEOPLE),
            born=(draw.randint(1950, 1999), draw.randint(1, 12), draw.choice(tuple(ORDINALS))),
            phone=draw.choice(AREA_CODES) + "55501" + number(2),
            house=draw.randint(2, 9) * 100 + draw.randint(21, 99),
            street=draw.choice(STREETS),
            card=stem + check_digit(stem),
            expiry=(draw.randint(1, 9), draw.randint(27, 29)),
            code=number(3, digits="123456789"),
            record=number(7, digits="123456789"),
        )


BUNDLED = Facts(
    name="Maria Lopez",
    born=(1982, 3, 14),
    phone="6125550147",
    house=418,
    street="Lincoln Road",
    card="4921136028494839",
    expiry=(9, 28),
    code="427",
    record="7302915",
)


def check_digit(stem: str) -> str:
    """Return the digit that makes a card number pass the Luhn check (ISO/IEC 7812-1 Annex B)."""
    doubled = (int(digit) * (2 if i % 2 == 0 else 1) for i, digit in enumerate(reversed(stem)))
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def one_by_one(number: str) -> str:
    """Return a number said digit by digit."""
    return " ".join(DIGITS[int(digit)] for digit in number)


def below_hundred(value: int) -> str:
    """Return a number from 0 to 99 as it is said."""
    if value < 10:
        return DIGITS[value]
    if value < 20:
        return TEENS[value - 10]
    return TENS[value // 10] + (f" {DIGITS[value % 10]}" if value % 10 else "")


def said(facts: Facts) -> dict[str, str]:
    """Return each fact by its label, in the words in which it is spoken."""
    year, month, day = facts.born
    return {
        "NAME": facts.name,
        "DOB": f"{MONTHS[month - 1]} {ORDINALS[day]}, {below_hundred(year // 100)} {below_hundred(year % 100)}",
        "PHONE": f"{one_by_one(facts.phone[:3])}, {one_by_one(facts.phone[3:6])}, {one_by_one(facts.phone[6:])}",
        "ADDRESS": f"{below_hundred(facts.house // 100)} {below_hundred(facts.house % 100)} {facts.street}",
        "MRN": f"{one_by_one(facts.record[:3])}, {one_by_one(facts.record[3:])}",
        "CARD": one_by_one(facts.card),
        "EXPIRY": f"{MONTHS[facts.expiry[0] - 1]} twenty {below_hundred(facts.expiry[1])}",
        "CVV": one_by_one(facts.code),
    }


def script(facts: Facts) -> list[Line]:
    """Return the call, line by line."""
    fact = said(facts)
    first_name = facts.name.split()[0]
    start, middle, end = (one_by_one(part) for part in (facts.card[:6], facts.card[6:12], facts.card[12:]))
    return [
        ("agent", "Good morning, this is the clinic. How can I help you today?"),
        ("caller", f"Hello, my name is {fact['NAME']}. I would like to make an appointment for next week."),
        ("agent", f"Thank you, {first_name}. And when were you born?"),
        ("caller", f"I was born on {fact['DOB']}."),
        ("agent", "And what is the best phone number to reach you?"),
        ("caller", f"My phone number is {fact['PHONE']}."),
        ("agent", "Can you tell me your home address?"),
        ("caller", f"I live at {fact['ADDRESS']}."),
        ("agent", "Do you have your medical record number?"),
        ("caller", f"Yes, my medical record number is {fact['MRN']}."),
        ("agent", "What card would you like to use for the payment?"),
        ("caller", f"Sure, the card number is {start}."),
        ("agent", "Okay, go on."),
        ("caller", f"And then {middle}."),
        ("agent", "Okay."),
        ("caller", f"And the last digits are {end}."),
        ("agent", "Thank you. When does the card expire, and what is the security code?"),
        ("caller", f"The expiration date is {fact['EXPIRY']}, and the security code is {fact['CVV']}."),
        ("agent", "Great. Can you come to the clinic on Tuesday, at three in the afternoon?"),
        ("caller", "Yes, that works very well. I will come at three on Tuesday."),
        ("agent", f"Please bring your insurance papers with you. Goodbye, {first_name}."),
        ("caller", "Thank you very much. Goodbye."),
    ]


VOICES = {"agent": ("en-us+steph2", "145", "3", "36"), "caller": ("en-us+steph2", "150", "3", "52")}
"""For each speaker the voice of espeak-ng, words a minute, the pause between words in 10 ms, and the pitch."""


def spoken(text: str, voice: str, speed: str, gap: str, pitch: str) -> tuple[Samples, int]:
    """Return the text as samples from -1 to 1, and their rate in Hz."""
    command = ["espeak-ng", "-v", voice, "-s", speed, "-g", gap, "-p", pitch, "--stdout", text]
    sound = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(sound)) as file:
        rate, frames = file.getframerate(), file.readframes(len(sound))
    return np.frombuffer(frames[: len(frames) // 2 * 2], np.int16).astype(np.float32) / 32768, rate


def resampled(samples: Samples, rate: int, to: int) -> Samples:
    """Return the samples at another rate, with nothing above its half (a band-limited resampling by FFT)."""
    length = len(samples) * to // rate
    spectrum = np.fft.rfft(samples)[: length // 2 + 1]
    return (np.fft.irfft(spectrum, length) * (length / len(samples))).astype(np.float32)


def call(lines: list[Line], rate: int, *, pause_s: float = 0.6) -> Samples:
    """Return the call as two rows, agent and caller, in 16 bits a sample."""
    rows: dict[str, list[Samples]] = {"agent": [], "caller": []}
    silence = np.zeros(int(pause_s * rate), np.float32)
    for speaker, text in lines:
        samples, original = spoken(text, *VOICES[speaker])
        voice = resampled(samples, original, rate)
        for name, row in rows.items():
            row.extend((voice if name == speaker else np.zeros_like(voice), silence))
    both = np.stack([np.concatenate(rows["agent"]), np.concatenate(rows["caller"])])
    return (np.clip(both, -1, 1) * 32767).astype(np.int16)


def write(path: Path, samples: NDArray[np.int16], rate: int) -> None:
    """Write rows of 16-bit samples to a file, in the format that its ending names."""
    codec = {".flac": "flac", ".wav": "pcm_s16le", ".mp3": "mp3", ".ogg": "libopus"}[path.suffix]
    layout = "stereo" if len(samples) == 2 else "mono"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        step = rate
        for start in range(0, samples.shape[1], step):
            packed = np.ascontiguousarray(samples[:, start : start + step].T).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def main() -> None:
    """Make one call and, beside it, the file that says what is spoken in it."""
    options = argparse.ArgumentParser(description="Make a synthetic call.")
    options.add_argument("file", type=Path)
    options.add_argument("--seed", type=int, help="draw other facts than those of the bundled call")
    options.add_argument("--rate", type=int, default=8000)
    options.add_argument("--mono", action="store_true")
    given = options.parse_args()
    facts = BUNDLED if given.seed is None else Facts.drawn(given.seed)
    lines = script(facts)
    samples = call(lines, given.rate)
    write(given.file, samples.sum(axis=0, keepdims=True, dtype=np.int16) if given.mono else samples, given.rate)
    values = {label: {"spoken": words} for label, words in said(facts).items()}
    given.file.with_suffix(".json").write_text(
        json.dumps({"facts": asdict(facts), "values": values, "lines": lines}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
