"""Which of the four audio containers a file is, by its first bytes, and whether it was cut short.

wav: RIFF/WAVE (RF64 above 4 GiB) · flac: RFC 9639 · ogg: RFC 3533 · mp3: ISO 11172-3 frames, after an optional ID3 tag
"""

CODECS = (
    "pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_f64le,pcm_alaw,pcm_mulaw,adpcm_ima_wav,adpcm_ms,gsm_ms,"
    "flac,vorbis,opus,libopus,mp3,mp3float"
)
"""FFmpeg's names of what these containers carry in telephony and dictation."""

_OGG_PAGE, _OGG_HEADER, _OGG_LAST = b"OggS", 27, 0x04
_OGG_PAGE_MAX = _OGG_HEADER + 255 + 255 * 255
_HEAD = 4096
_WAV_UNKNOWN = 0x7FFF0000


def container_of(file: bytes | bytearray | memoryview) -> str | None:
    """Return `wav`, `flac`, `ogg` or `mp3`, by the first bytes of the file; None for anything else."""
    head = bytes(file[:12])
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == _OGG_PAGE:
        return "ogg"
    if head[:3] == b"ID3" or _is_mp3_frame(head[:4]):
        return "mp3"
    return None


def ends_early(file: memoryview, container: str) -> bool:
    """Return whether the last page of an ogg file is missing or incomplete; the other containers state a length."""
    if container != "ogg":
        return False
    tail = bytes(file[-_OGG_PAGE_MAX:])
    start = tail.rfind(_OGG_PAGE)
    if start < 0 or len(tail) < start + _OGG_HEADER:
        return True
    flags, segments = tail[start + 5], tail[start + 26]
    lacing = tail[start + _OGG_HEADER : start + _OGG_HEADER + segments]
    complete = len(lacing) == segments and len(tail) >= start + _OGG_HEADER + segments + sum(lacing)
    return not (complete and flags & _OGG_LAST)


def states_length(file: memoryview, container: str) -> bool:
    """Return whether the file itself says how long it is, so that less audio than that means a part is missing.

    An mp3 does so only in the Xing or Info frame at its start; a wav that was written to a pipe says
    0, or a length near 2³¹ or 2³².
    """
    if container == "mp3":
        head = bytes(file[_id3_length(file) :][:_HEAD])
        return b"Xing" in head or b"Info" in head
    if container == "wav":
        head = bytes(file[:_HEAD])
        at = head.find(b"data")
        return at >= 0 and 0 < int.from_bytes(head[at + 4 : at + 8], "little") < _WAV_UNKNOWN
    return container == "flac"


def _is_mp3_frame(header: bytes) -> bool:
    """Return whether four bytes are the header of a layer III frame with a bit rate and a sampling rate."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return False
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bit_rate, sampling = header[2] >> 4, header[2] >> 2 & 3
    return version != 1 and layer == 1 and bit_rate not in {0, 15} and sampling != 3


def _id3_length(file: memoryview) -> int:
    """Return the length of an ID3v2 tag at the start: ten bytes and four times seven bits (ID3v2.4 §3.1)."""
    head = bytes(file[:10])
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    return 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
