"""Sealed values open only at their place, under their key, unaltered."""

import os
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import given
from hypothesis import strategies as st

from privity.errors import BadInput, SealBroken
from privity.vault import Place, Plaintext, Record, Secret, TenantCipher, derive, key_id_of, open_sealed, seal
from promises import promise

KEY = Secret(bytes(range(32)))
TENANT_KEY = Secret(bytes(range(32, 64)))
IDS = [UUID(int=number) for number in range(1, 6)]
TENANT, ROW, KEY_ID, TENANT_KEY_ID, OTHER = IDS
PLACE = Place(tenant=TENANT, table="transcript", row=ROW, column="body", schema_version=1)
RECORD = Record(tenant=TENANT, table="transcript", row=ROW)

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
places = st.builds(
    Place,
    tenant=st.uuids(),
    table=names,
    row=st.uuids(),
    column=names,
    schema_version=st.integers(1, 300),
)
records = st.builds(Record, tenant=st.uuids(), table=names, row=st.uuids())
changes = st.sampled_from(["tenant", "table", "row", "column", "schema_version"])


@given(places, st.uuids(), st.binary(max_size=200))
def test_what_was_sealed_opens(place: Place, key_id: UUID, content: bytes) -> None:
    assert open_sealed(KEY, place, key_id, seal(KEY, place, key_id, content)) == Plaintext(content)
    assert open_sealed(KEY, place, key_id, seal(KEY, place, key_id, Plaintext(content))) == Plaintext(content)


@promise("B9", sabotage="seal_ignores_place")
@given(places, places, changes, st.uuids())
def test_no_field_of_the_place_can_differ(place: Place, other: Place, field: str, key_id: UUID) -> None:
    moved = msgspec.structs.replace(place, **{field: getattr(other, field)})
    sealed = seal(KEY, place, key_id, b"content")
    if moved == place:
        assert open_sealed(KEY, moved, key_id, sealed) == Plaintext(b"content")
    else:
        with pytest.raises(SealBroken):
            open_sealed(KEY, moved, key_id, sealed)


@given(places, places)
def test_two_places_are_never_encoded_alike(one: Place, other: Place) -> None:
    assert (one.encoded() == other.encoded()) == (one == other)


@given(st.uuids(), st.uuids())
def test_the_key_id_cannot_differ(key_id: UUID, other: UUID) -> None:
    sealed = seal(KEY, PLACE, key_id, b"content")
    relabelled = sealed.replace(key_id.bytes, other.bytes)
    if key_id != other:
        for altered in (sealed, relabelled):
            with pytest.raises(SealBroken):
                open_sealed(KEY, PLACE, other, altered)


@promise("B9")
@given(st.data())
def test_one_altered_bit_anywhere_is_refused(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, PLACE, KEY_ID, b"a short content"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        open_sealed(KEY, PLACE, KEY_ID, bytes(sealed))


@given(st.integers(0, 64), st.binary(min_size=1, max_size=4))
def test_a_sealed_value_cut_or_lengthened_is_refused(kept: int, added: bytes) -> None:
    sealed = seal(KEY, PLACE, KEY_ID, b"a short content")
    for altered in (sealed[:kept], sealed + added):
        with pytest.raises(SealBroken):
            open_sealed(KEY, PLACE, KEY_ID, altered)


@promise("B9")
def test_two_equal_plaintexts_differ_when_sealed() -> None:
    assert len({bytes(seal(KEY, PLACE, KEY_ID, b"the same")) for _ in range(100)}) == 100


@promise("B9")
def test_the_header_says_aes_256_gcm_and_names_the_key() -> None:
    sealed = seal(KEY, PLACE, KEY_ID, b"content")
    assert sealed[:2] == b"PV"
    assert sealed[2] == 1
    assert int.from_bytes(sealed[4:6]) == 2  # AEAD_AES_256_GCM in IANA's registry of AEAD algorithms
    assert key_id_of(sealed) == KEY_ID
    with pytest.raises(SealBroken):
        key_id_of(b"gAAAAA" + sealed)


def test_the_format_is_the_documented_one() -> None:
    """Opens a sealed value with nothing but the description in `vault.envelope` and another implementation of HKDF."""
    sealed = seal(KEY, PLACE, KEY_ID, b"content", randomness=lambda size: bytes(range(size)))
    header, nonce, body = sealed[:22], sealed[22:34], sealed[34:]
    assert nonce == bytes(range(12))
    field_key = HKDFExpand(SHA256(), 32, b"privity field|transcript|body").derive(bytes(range(32)))
    associated = header + TENANT.bytes + ROW.bytes + b"|transcript|body|1"
    assert AESGCM(field_key).decrypt(nonce, body, associated) == b"content"
    assert header == b"PV\x01S\x00\x02" + KEY_ID.bytes


@given(st.binary(min_size=32, max_size=32), st.text(max_size=40))
def test_derivation_is_hkdf_expand(key: bytes, purpose: str) -> None:
    assert derive(Secret(key), purpose) == Secret(HKDFExpand(SHA256(), 32, purpose.encode()).derive(key))


@promise("B9", sabotage="wrap_ignores_record")
@given(records, records, st.sampled_from(["tenant", "table", "row"]))
def test_a_wrapped_key_unwraps_only_for_its_record(record: Record, other: Record, field: str) -> None:
    cipher = TenantCipher(TENANT_KEY, TENANT_KEY_ID)
    wrapped = cipher.wrap(record, KEY_ID, KEY)
    assert cipher.unwrap(record, KEY_ID, wrapped) == KEY
    moved = msgspec.structs.replace(record, **{field: getattr(other, field)})
    if moved != record:
        with pytest.raises(SealBroken):
            cipher.unwrap(moved, KEY_ID, wrapped)


def test_a_wrapped_key_unwraps_only_under_its_ids_and_its_tenant_key() -> None:
    wrapped = TenantCipher(TENANT_KEY, TENANT_KEY_ID).wrap(RECORD, KEY_ID, KEY)
    for cipher, key_id in (
        (TenantCipher(TENANT_KEY, TENANT_KEY_ID), OTHER),
        (TenantCipher(TENANT_KEY, OTHER), KEY_ID),
        (TenantCipher(Secret(os.urandom(32)), TENANT_KEY_ID), KEY_ID),
    ):
        with pytest.raises(SealBroken):
            cipher.unwrap(RECORD, key_id, wrapped)


@given(st.data())
def test_one_altered_bit_of_a_wrapped_key_is_refused(data: st.DataObject) -> None:
    cipher = TenantCipher(TENANT_KEY, TENANT_KEY_ID)
    wrapped = bytearray(cipher.wrap(RECORD, KEY_ID, KEY))
    wrapped[data.draw(st.integers(0, len(wrapped) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        cipher.unwrap(RECORD, KEY_ID, bytes(wrapped))


def test_a_wrapped_key_is_no_sealed_value() -> None:
    wrapped = TenantCipher(KEY, KEY_ID).wrap(RECORD, KEY_ID, KEY)
    with pytest.raises(SealBroken):
        open_sealed(KEY, PLACE, KEY_ID, wrapped)


@pytest.mark.parametrize("name", ["", "a|b", "Body", "körper", "1st", "a" * 64, "a b", "a\n"])
def test_names_that_would_blur_the_encoding_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        Record(tenant=TENANT, table=name, row=ROW)
    with pytest.raises(BadInput):
        RECORD.at(name, 1)
    with pytest.raises(BadInput):
        RECORD.at("body", 0)
