"""Two people on one track, told apart by the pitch of their voices, or not at all.

The median fundamental frequency of an utterance comes from autocorrelation (40 ms frames, 60 to 400 Hz). The utterances
are parted in two where the pitch (in semitones) leaves the least spread on both sides. That counts only when the two
voices lie far apart against their own spread; otherwise everything is one speaker, because a wrong name on a turn is
worse than none.
"""

import numpy as np
from numpy.typing import NDArray

_LOWEST_HZ, _HIGHEST_HZ = 60, 400
_VOICED = 0.5
_SEMITONES_APART = 4.0
_SPREADS_APART = 3.0
_FEWEST = 2


def pitch(samples: NDArray[np.float32], rate: int) -> float | None:
    """Return the median pitch of an utterance in semitones above 1 Hz; None where too little of it is voiced."""
    length = rate // 25
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    frames = frames - frames.mean(axis=1, keepdims=True)
    energy = (frames**2).sum(axis=1)
    frames = frames[energy > 0.1 * energy.max(initial=0.0)] * np.hanning(length)
    if len(frames) < 5:  # a fifth of a second
        return None
    power = np.abs(np.fft.rfft(frames, 2 * length)) ** 2
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(length), 2 * length)) ** 2)
    shortest, longest = rate // _HIGHEST_HZ, rate // _LOWEST_HZ
    likeness = np.fft.irfft(power)[:, : longest + 1]
    likeness = likeness / np.maximum(likeness[:, :1], 1e-12) / (window[: longest + 1] / window[0])
    lags = shortest + likeness[:, shortest:].argmax(axis=1)
    voiced = likeness[np.arange(len(lags)), lags] > _VOICED
    if voiced.sum() < 5:
        return None
    return float(np.median(12 * np.log2(rate / lags[voiced])))


def two_voices(pitches: list[float | None]) -> list[int] | None:
    """Return 0 or 1 for each utterance, 0 for whoever speaks first; None when there are not clearly two voices.

    An utterance without a pitch goes to the voice of the one before it.
    """
    known = np.sort(np.array([value for value in pitches if value is not None]))
    if len(known) < 2 * _FEWEST:
        return None
    splits = range(_FEWEST, len(known) - _FEWEST + 1)
    spread, at = min((float(known[:i].var() * i + known[i:].var() * (len(known) - i)), i) for i in splits)
    low, high = known[:at], known[at:]
    apart = float(np.median(high) - np.median(low))
    if apart < _SEMITONES_APART or apart < _SPREADS_APART * (spread / len(known)) ** 0.5:
        return None
    border = float(low[-1] + high[0]) / 2
    first = next(value for value in pitches if value is not None) > border
    voices: list[int] = []
    for value in pitches:
        before = voices[-1] if voices else 0
        voices.append(before if value is None else int((value > border) != first))
    return voices
