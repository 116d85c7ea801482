"""The operator's Whisper model, loaded into memory, hears words in samples; used only inside the child.

The weights are given as bytes, so nothing on disk is needed once they are loaded and `warm` was called.
"""

from pathlib import Path
from typing import Any

import ctranslate2  # type: ignore[import-untyped]  # it ships no types
import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from privity.speech.messages import Failed, Failure
from privity.speech.transcript import SpokenWord

_FILES = ("model.bin", "config.json")
_COMPANIONS = ("tokenizer.json", "preprocessor_config.json", "vocabulary.txt", "vocabulary.json")
_SEED = 20080  # retries are drawn at random; the same recording is to give the same words

_OPTIONS: dict[str, Any] = {
    "beam_size": 1,
    "vad_filter": True,
    "vad_parameters": {"min_silence_duration_ms": 500, "speech_pad_ms": 300},
    "word_timestamps": True,
    "condition_on_previous_text": False,  # a mistake stays where it is, and does not repeat itself to the end
}


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
        self.language = None if self._model.model.is_multilingual else "en"

    def warm(self) -> None:
        """Hear noise once, with and without looking for speech first: the libraries open the rest of their files."""
        noise = np.random.default_rng(0).normal(0, 0.05, 32_000).astype(np.float32)
        for looks_for_speech in (False, True):
            list(self._model.transcribe(noise, language="en", **(_OPTIONS | {"vad_filter": looks_for_speech}))[0])

    def words(self, samples: NDArray[np.float32]) -> list[SpokenWord]:
        """Return the words in samples at 16 kHz, from -1 to 1, with times from their start."""
        segments, found = self._model.transcribe(samples, language=self.language, **_OPTIONS)
        words: list[SpokenWord] = []
        for segment in segments:
            for word in segment.words:
                heard = SpokenWord(
                    text=word.word.strip(),
                    start_ms=round(float(word.start) * 1000),
                    end_ms=round(float(word.end) * 1000),
                    confidence=round(float(word.probability), 3),
                )
                if words and word.word[:1] != " ":  # the model parts 612-555 in two
                    words[-1] = _joined(words[-1], heard)
                elif heard.text:
                    words.append(heard)
        if words and self.language is None:
            self.language = found.language
        return words


def _joined(first: SpokenWord, rest: SpokenWord) -> SpokenWord:
    return SpokenWord(
        text=first.text + rest.text,
        start_ms=first.start_ms,
        end_ms=rest.end_ms,
        confidence=min(first.confidence, rest.confidence),
    )
