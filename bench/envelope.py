"""Sealing beside Fernet, and a long stream in constant memory. Prints ratios with their parts; see docs/adr/0002.

The first row of each size compares like with like: a record with a wrapped key of its own, made and opened each time,
on both sides. The second sets the same record against one Fernet key that everything shares, with which no record can
be shredded alone; the third leaves the record's key open on our side, and so shows what a key for each record costs.
The last is the most that could be reached: the cipher alone, under a key that is set up, into a buffer that is there.

python bench/envelope.py [--stream-gib 2]
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from statistics import median
from uuid import uuid4

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privity.vault import BlobPlace, Record, Secret, StreamOpener, StreamSealer, TenantCipher, open_sealed, seal

ROUNDS = 9


def together(*acts: Callable[[], object], seconds: float = 0.1) -> list[float]:
    """The median microseconds of each act, measured in turns so that a busy machine slows all of them alike."""
    counts = []
    for act in acts:
        started = time.perf_counter()
        act()
        counts.append(max(1, int(seconds / max(time.perf_counter() - started, 1e-6))))
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(ROUNDS):
        for spent, act, count in zip(times, acts, counts, strict=True):
            started = time.perf_counter()
            for _ in range(count):
                act()
            spent.append((time.perf_counter() - started) / count * 1e6)
    return [median(spent) for spent in times]


def compare(name: str, size: int) -> None:
    """Print field against token, then record with its key against token, with and without a key a token."""
    content = os.urandom(size)
    tenant, key_id, row, record_key = uuid4(), uuid4(), uuid4(), Secret(os.urandom(32))
    cipher = TenantCipher(Secret(os.urandom(32)), uuid4())
    place = Record(tenant=tenant, table="transcript", row=row).at("body", 1)
    fernet = Fernet(Fernet.generate_key())

    def seal_record() -> tuple[bytes, bytearray]:
        record, key = Record(tenant=tenant, table="transcript", row=row), Secret(os.urandom(32))
        return cipher.wrap(record, key_id, key), seal(key, record.at("body", 1), key_id, content)

    def open_record() -> object:
        record = Record(tenant=tenant, table="transcript", row=row)
        return open_sealed(cipher.unwrap(record, key_id, wrapped), record.at("body", 1), key_id, body)

    def keyed_token() -> tuple[bytes, bytes]:
        key = Fernet.generate_key()
        return fernet.encrypt(key), Fernet(key).encrypt(content)

    bare, nonce, ciphertext, clear = AESGCM(os.urandom(32)), os.urandom(12), bytearray(size + 16), bytearray(size)
    bare.encrypt_into(nonce, content, None, ciphertext)
    field, (wrapped, body) = seal(record_key, place, key_id, content), seal_record()
    token, (wrapped_key, keyed) = fernet.encrypt(content), keyed_token()
    parts = together(
        lambda: seal(record_key, place, key_id, content),
        lambda: open_sealed(record_key, place, key_id, field),
        seal_record,
        open_record,
        lambda: fernet.encrypt(content),
        lambda: fernet.decrypt(token),
        keyed_token,
        lambda: Fernet(fernet.decrypt(wrapped_key)).decrypt(keyed),
        lambda: bare.encrypt_into(nonce, content, None, ciphertext),
        lambda: bare.decrypt_into(nonce, ciphertext, None, clear),
    )
    sealed, opened, record_sealed, record_opened, encrypted, decrypted, keyed_encrypted, keyed_decrypted = parts[:8]
    alone_sealed, alone_opened = parts[8:]
    ours = f"{name} record, its own wrapped key"
    report(ours, "a wrapped Fernet key each", record_sealed, record_opened, keyed_encrypted, keyed_decrypted)
    report(ours, "one Fernet key for all", record_sealed, record_opened, encrypted, decrypted)
    report(f"{name} field, its record's key open", "one Fernet key for all", sealed, opened, encrypted, decrypted)
    report(f"{name} AES-256-GCM alone", "one Fernet key for all", alone_sealed, alone_opened, encrypted, decrypted)


def report(ours: str, theirs: str, seal_us: float, open_us: float, encrypt_us: float, decrypt_us: float) -> None:
    ratio = (encrypt_us + decrypt_us) / (seal_us + open_us)
    print(
        f"{ratio:6.1f}x  {ours} : {theirs}   (seal {seal_us:.1f} µs : {encrypt_us:.1f} µs, {encrypt_us / seal_us:.1f}x;"
        f" open {open_us:.1f} µs : {decrypt_us:.1f} µs, {decrypt_us / open_us:.1f}x)"
    )


def stream(gib: float) -> None:
    """Seal and open a stream that is made on the fly; the peak of memory is the kernel's."""
    piece = os.urandom(1 << 20)
    pieces = int(gib * 1024)
    key, place = Secret(os.urandom(32)), BlobPlace(tenant=uuid4(), object=uuid4(), version=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sealer, opener = StreamSealer(key, place), StreamOpener(key, place)
    sealing = opening = 0.0
    length = 0
    for number in range(pieces + 1):
        started = time.perf_counter()
        sealed = sealer.update(piece) if number < pieces else sealer.finish()
        middle = time.perf_counter()
        length += len(opener.update(sealed))
        sealing, opening = sealing + middle - started, opening + time.perf_counter() - middle
    length += len(opener.finish())
    extra = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert length == pieces << 20
    print(
        f"{extra:6.1f} MiB extra memory for a stream of {gib:g} GiB"
        f"   (seal {length / sealing / 1e6:.0f} MB/s, open {length / opening / 1e6:.0f} MB/s)"
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stream-gib", type=float, default=2.0)
    stream(arguments.parse_args().stream_gib)
    compare("1 KiB", 1 << 10)
    compare("64 KiB", 1 << 16)
    compare("1 MiB", 1 << 20)
