"""The operator's Whisper model, loaded into memory, hears words in samples; used only inside the child.

Numbers come out in words, digit by digit as they were said: figures are suppressed. A model that may write figures
drops repeated digits ("five five five" became "55"), runs separate numbers together, and gives one word with one time
to what was ten words; hiding and silencing need each of them.

The weights are given as bytes, so nothing on disk is needed once they are loaded and `warm` was called.
"""

from pathlib import Path
from typing import Any

import ctranslate2  # type: ignore[import-untyped]  # it ships no types
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps
from numpy.typing import NDArray

from privity.speech.decoding import RATE
from privity.speech.messages import Failed, Failure
from privity.speech.transcript import SpokenWord
from privity.speech.unheard import with_unheard

_FILES = ("model.bin", "config.json")
_COMPANIONS = ("tokenizer.json", "preprocessor_config.json", "vocabulary.txt", "vocabulary.json")
_PAD_MS = 500
_SPEECH = VadOptions(min_silence_duration_ms=900, speech_pad_ms=_PAD_MS)
_SEED = 20080  # retries are drawn at random; the same recording is to give the same words

_USUAL = -1  # what the model's own configuration suppresses

_OPTIONS: dict[str, Any] = {
    "beam_size": 1,
    "vad_filter": False,  # utterances are parted before: the model would run several of them into one another
    "word_timestamps": True,
    "condition_on_previous_text": False,  # a mistake stays where it is, and does not repeat itself to the end
}
"""A pause of half a second ends a stretch of speech, and 0.3 s around it are heard; measured on telephone-band speech,
a wider margin made the model skip whole sentences."""


class Listener:
    """Hears words; one model, one language a recording."""

    def __init__(self, model_dir: Path, threads: int) -> None:
        """Load the weights; raises Failed when the folder does not hold a model that can be used."""
        try:
            files = {name: (model_dir / name).read_bytes() for name in _FILES}
            files |= {name: (model_dir / name).read_bytes() for name in _COMPANIONS if (model_dir / name).is_file()}
            ctranslate2.set_random_seed(_SEED)
            self._model = WhisperModel(
                "memory", device="cpu", compute_type="float32", cpu_threads=threads, files=dict(files)
            )
        except (OSError, RuntimeError, ValueError):
            raise Failed(Failure.NO_MODEL) from None
        self._options = _OPTIONS | {"suppress_tokens": [_USUAL, *_figures(self._model.hf_tokenizer)]}
        self.language = None if self._model.model.is_multilingual else "en"

    def warm(self) -> None:
        """Look for speech in noise and hear it once: the libraries open the rest of their files."""
        noise = np.random.default_rng(0).normal(0, 0.05, 2 * RATE).astype(np.float32)
        get_speech_timestamps(noise, _SPEECH)
        self._heard(noise, 0)

    def words(self, samples: NDArray[np.float32]) -> list[SpokenWord]:
        """Return the words in samples at 16 kHz, from -1 to 1, with times from their start.

        Each utterance is heard by itself: what stands far apart in a call then never lands in one sentence. Voice
        without words is marked (`unheard`).
        """
        words: list[SpokenWord] = []
        for speech in get_speech_timestamps(samples, _SPEECH):
            start, end = speech["start"] * 1000 // RATE, speech["end"] * 1000 // RATE
            heard = self._heard(samples[speech["start"] : speech["end"]], start)
            words += with_unheard(heard, start + _PAD_MS, end - _PAD_MS)
        return words

    def _heard(self, samples: NDArray[np.float32], offset_ms: int) -> list[SpokenWord]:
        segments, found = self._model.transcribe(samples, language=self.language, **self._options)
        words: list[SpokenWord] = []
        for segment in segments:
            for word in segment.words:
                heard = SpokenWord(
                    text=word.word.strip(),
                    start_ms=offset_ms + round(float(word.start) * 1000),
                    end_ms=offset_ms + round(float(word.end) * 1000),
                    confidence=round(float(word.probability), 3),
                )
                if words and word.word[:1] != " ":  # the model parts 612-555 in two
                    words[-1] = _joined(words[-1], heard)
                elif heard.text:
                    words.append(heard)
        if words and self.language is None:
            self.language = found.language
        return words


def _figures(tokenizer: Any) -> list[int]:
    """Return the tokens of the vocabulary that write a figure; time stamps are tokens too, and stay."""
    return [
        token
        for text, token in tokenizer.get_vocab().items()
        if not text.startswith("<|") and any(character.isdigit() for character in text)
    ]


def _joined(first: SpokenWord, rest: SpokenWord) -> SpokenWord:
    return SpokenWord(
        text=first.text + rest.text,
        start_ms=first.start_ms,
        end_ms=rest.end_ms,
        confidence=min(first.confidence, rest.confidence),
    )
