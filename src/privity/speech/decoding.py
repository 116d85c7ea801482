"""A recording in memory becomes samples: one row a channel, 16 kHz, block by block, in constant memory.

Only the four containers that are documented are ever handed to FFmpeg, each to its own demuxer by name and with a list
of codecs: its hundreds of others, and its playlists that open further files, stay out of reach.
"""

import io
from collections.abc import Iterator

import av
import av.error
import av.logging
import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray

from privity.speech.containers import CODECS, container_of, ends_early, states_length
from privity.speech.messages import Failed, Failure
from privity.speech.recognizer import Limits

RATE = 16_000
BLOCK_S = 120
_CUT_WITHIN_S = 30
_TOLERANCE_S = 0.5
_QUIET_FRAME = RATE // 50
_QUIET_RUN = 25  # half a second of 20 ms frames

Samples = NDArray[np.int16]
"""Rows are channels, columns are samples at 16 kHz."""

av.logging.set_level(None)


def blocks(source: io.BytesIO, limits: Limits) -> Iterator[Samples]:
    """Yield the recording as (channels, samples) views, cut at its quietest moments about every two minutes.

    A view is good until the next one is asked for; its memory is overwritten then, and zeroed at the end.

    Raises Failed for what is no audio, breaks off, is damaged, or is beyond the limits; the length is known, and
    refused, before anything is decoded.
    """
    with source.getbuffer() as whole:
        container = container_of(whole)
        if container is None:
            raise Failed(Failure.NOT_AUDIO)
        if ends_early(whole, container):
            raise Failed(Failure.TRUNCATED)
        stated = states_length(whole, container)
    try:
        with _open(source, container) as opened:
            channels = _measure(opened, limits, stated=stated)
        with _open(source, container) as opened:
            yield from _cut(_resampled(opened), channels, limits.max_duration_s * RATE)
    except (av.error.FFmpegError, ValueError):  # ValueError: the layout changes half way
        raise Failed(Failure.DAMAGED) from None


def _open(source: io.BytesIO, container: str) -> InputContainer:
    source.seek(0)
    return av.open(
        source, mode="r", format=container, container_options={"codec_whitelist": CODECS}, metadata_errors="ignore"
    )


def _measure(opened: InputContainer, limits: Limits, *, stated: bool) -> int:
    """Return the number of channels; the length is added up from the packets, because a header can say anything."""
    if not opened.streams.audio:
        raise Failed(Failure.EMPTY)
    stream = opened.streams.audio[0]
    if stream.channels > limits.max_channels:
        raise Failed(Failure.TOO_MANY_CHANNELS)
    length = sum(packet.duration or 0 for packet in opened.demux(stream)) * (stream.time_base or 0)
    if length > limits.max_duration_s:
        raise Failed(Failure.TOO_LONG)
    if stated and opened.duration and length < opened.duration / av.time_base - _TOLERANCE_S:
        raise Failed(Failure.TRUNCATED)
    return stream.channels


def _resampled(opened: InputContainer) -> Iterator[Samples]:
    """Yield decoded pieces; one damaged packet in a hundred is passed over, as an mp3 cut out of a longer one needs."""
    stream = opened.streams.audio[0]
    resampler = av.AudioResampler(format="s16", layout=stream.layout.name, rate=RATE)
    packets = damaged = 0
    for packet in opened.demux(stream):
        packets += 1
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            damaged += 1
            if damaged > 1 + packets // 100:
                raise Failed(Failure.DAMAGED) from None
            continue
        for frame in frames:
            frame.pts = None  # gaps in time stamps are no reason to stretch what was recorded
            yield from (_samples(piece) for piece in resampler.resample(frame))
    yield from (_samples(piece) for piece in resampler.resample(None))


def _samples(frame: av.AudioFrame) -> Samples:
    """Return a row a channel; the library takes them side by side, because it reads past the eighth of eight planes."""
    packed: Samples = frame.to_ndarray().astype(np.int16, copy=False)
    return packed.reshape(-1, frame.layout.nb_channels).T


def _cut(pieces: Iterator[Samples], channels: int, most: int) -> Iterator[Samples]:
    """Gather pieces into blocks; raises Failed when they come to more than `most` samples, or to none."""
    block = np.zeros((channels, BLOCK_S * RATE), np.int16)
    filled = total = 0
    try:
        for piece in pieces:
            total += piece.shape[1]
            if total > most:
                raise Failed(Failure.TOO_LONG)
            while piece.shape[1]:
                taken = min(piece.shape[1], block.shape[1] - filled)
                block[:, filled : filled + taken] = piece[:, :taken]
                filled += taken
                piece = piece[:, taken:]  # noqa: PLW2901 - what is left of it
                if filled == block.shape[1]:
                    cut = _quietest(block)
                    yield block[:, :cut]
                    filled -= cut
                    block[:, :filled] = block[:, cut:].copy()
        if total == 0:
            raise Failed(Failure.EMPTY)
        yield block[:, :filled]
    finally:
        block.fill(0)


def _quietest(block: Samples) -> int:
    """Return the middle of the quietest half second within the last thirty: words are not cut in two there."""
    start = block.shape[1] - _CUT_WITHIN_S * RATE
    frames = np.abs(block[:, start:].astype(np.int32)).max(axis=0).reshape(-1, _QUIET_FRAME).mean(axis=1)
    runs = np.convolve(frames, np.ones(_QUIET_RUN), mode="valid")
    return int(start + (int(runs.argmin()) + _QUIET_RUN // 2) * _QUIET_FRAME)
