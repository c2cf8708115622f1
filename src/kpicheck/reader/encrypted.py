"""A workbook behind a password, opened in memory with msoffcrypto-tool where that is installed.

Its container is looked through first: msoffcrypto-tool and olefile believe what a file says of itself.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

from kpicheck.allowance import Allowance
from kpicheck.reader.magic import is_encrypted
from kpicheck.reader.markup import check
from kpicheck.reader.package import MAX_FILE
from kpicheck.reader.refusal import Refusal

AskPassword = Callable[[], str | None]

MAX_ENTRIES = 1_000
MAX_INFO = 1 << 16
MAX_SPINS = 1_000_000

_HEADER = struct.Struct("<30x2H10xL16xL")
_HEADER_SIZE = 512
_SECTOR_BITS, _SMALL_SECTOR_BITS = (9, 12), 6
_SPARE_TABLES = 16
_STREAMS = (2, 5)
_AGILE = b"\x04\x00\x04\x00"
_INFO_HEAD = 8


def unlocked(data: bytes, ask_password: AskPassword | None) -> bytes:
    """The workbook inside an encrypted one, for the password that is asked once; other files as they are.

    Without `ask_password` an encrypted workbook stays as it is too. What comes out has yet to pass the guard.
    Raises Refusal where it stays closed.
    """
    if ask_password is None or len(data) > MAX_FILE or not is_encrypted(data):
        return data
    try:
        import msoffcrypto
    except ImportError:
        raise Refusal("password-extra-missing") from None
    try:
        _look_through(data)
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - olefile raises whatever a hostile container makes it stumble over
        raise Refusal("encryption-unknown") from None
    password = ask_password()
    if password is None:
        raise Refusal("password-not-asked")
    if not password:
        raise Refusal("encrypted")
    return _decrypted(data, password, msoffcrypto)


def _decrypted(data: bytes, password: str, msoffcrypto: Any) -> bytes:  # noqa: ANN401 - it has no types
    target = io.BytesIO()
    wrong = (msoffcrypto.exceptions.InvalidKeyError, UnicodeError)
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password, verify_password=True)
    except Exception as error:  # noqa: BLE001 - as above
        raise Refusal("wrong-password" if isinstance(error, wrong) else "encryption-unknown") from None
    try:
        file.decrypt(target)
    except Exception:  # noqa: BLE001 - as above
        raise Refusal("encryption-unknown") from None
    return target.getvalue()


def _look_through(data: bytes) -> None:
    """Refuse a container or a key that would keep its reader busy, before anything follows it."""
    import olefile

    class Container(olefile.OleFileIO):  # type: ignore[misc] # olefile has no types
        """A container that gives up on too many entries, and on entries larger than the file."""

        entries = 0

        def _load_direntry(self, sid: int) -> Any:  # noqa: ANN401 - an entry of olefile
            entry = super()._load_direntry(sid)
            self.entries += 1
            if self.entries > MAX_ENTRIES or (entry.entry_type in _STREAMS and entry.size > len(data)):
                raise Refusal("encryption-unknown")
            return entry

    _refuse_odd_tables(data)
    with Container(io.BytesIO(data)) as container:
        if not container.exists("EncryptedPackage") or container.get_size("EncryptionInfo") > MAX_INFO:
            raise Refusal("encryption-unknown")
        _refuse_slow_key(container.openstream("EncryptionInfo").read())


def _refuse_odd_tables(data: bytes) -> None:
    """Refuse tables that claim more sectors than the file can hold."""
    sector_bits, small_bits, tables, small_tables = _HEADER.unpack_from(data.ljust(_HEADER_SIZE, b"\0"))
    if sector_bits not in _SECTOR_BITS or small_bits != _SMALL_SECTOR_BITS:
        raise Refusal("encryption-unknown")
    needed = len(data) >> sector_bits >> (sector_bits - 2)
    if max(tables, small_tables) > 2 * needed + _SPARE_TABLES:
        raise Refusal("encryption-unknown")


def _refuse_slow_key(info: bytes) -> None:
    """Refuse unsafe XML, and a password that takes longer to try than anyone can mean."""
    from defusedxml.ElementTree import fromstring

    if not info.startswith(_AGILE):
        return
    xml = info[_INFO_HEAD:]
    check("EncryptionInfo", xml, Allowance())
    for element in fromstring(xml).iter():
        if not 0 <= int(element.get("spinCount", "0")) <= MAX_SPINS:
            raise Refusal("encryption-unknown")
