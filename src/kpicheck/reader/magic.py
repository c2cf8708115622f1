"""What kind of file is this? Told by its first bytes, never by its name."""

import re
from pathlib import PurePath

from kpicheck.reader.refusal import Refusal

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_OTHERS = ("WordDocument", "PowerPoint Document", "__properties_version1.0", "VisioDocument")
_RIGHTS = ("DRMEncryptedDataSpace", "\tDRMContent")
_BIFF = tuple(b"\x09" + rest for rest in (b"\x00\x04\x00", b"\x02\x06\x00", b"\x04\x06\x00", b"\x08\x08\x00"))
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 4096
_PDF_WITHIN = 1024
_BLANK = b"\x00\t\r\n "
_HTML = (
    rb"\s*<(?:!--|!doctype\s+html|(?:html|head|body|table|meta|title|style|script|div|font|p|b|br|span)\b)"
    rb"|\s*<\?xml[^>]*>\s*<(?:!doctype\s+html|html\b)"
)
_WINDOWS_LINK = b"\x4c\x00\x00\x00\x01\x14\x02\x00"
_LINK = rb"\s*\{[^{}]*(?:docs\.google\.com|\"doc_id\")|\s*\[InternetShortcut\]|.{0,400}<key>URL</key>"
_CONTROL = rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]"


def is_lock_file(name: str) -> bool:
    """Say whether a file name is that of the note Excel or LibreOffice leaves beside an open workbook."""
    stem = PurePath(name).name
    return stem.startswith(("~$", ".~lock."))


def refuse_unless_zip(data: bytes) -> None:
    """Pass a zip on; name every other kind of file in a refusal."""
    if not data.strip(_BLANK):
        raise Refusal(code="empty")
    if _ZIP[0].startswith(data):
        raise Refusal(code="truncated")
    if not data.startswith(_ZIP):
        raise _named(data)


def is_encrypted(data: bytes) -> bool:
    """Say whether the bytes are a workbook behind a password."""
    return data.startswith(_OLE2) and _compound(data).code == "encrypted"


def _named(data: bytes) -> Refusal:
    head = data[:_HEAD]
    if head.startswith(_OLE2):
        return _compound(data)
    if head.startswith(_BIFF):
        return Refusal("old-excel", format=".xls")
    if head.startswith(_WINDOWS_LINK):
        return Refusal("shortcut")
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Refusal("pdf")
    return _text(head)


def _compound(data: bytes) -> Refusal:
    """Tell an encrypted workbook and other programs' documents from an old .xls."""
    if any(_utf16(name) in data for name in _RIGHTS):
        return Refusal("rights-managed")
    if _utf16("EncryptedPackage") in data:
        return Refusal("encrypted")
    if _utf16("Workbook") not in data and any(_utf16(name) in data for name in _OLE2_OTHERS):
        return Refusal("not-a-workbook")
    return Refusal("old-excel", format=".xls")


def _text(head: bytes) -> Refusal:
    if head.startswith(_UTF16):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if re.match(_LINK, head, re.IGNORECASE | re.DOTALL):
        return Refusal("shortcut")
    if re.match(_HTML, head, re.IGNORECASE) or head.startswith(b"MIME-Version:"):
        return Refusal("web-page")
    if head.lstrip().startswith(b"<") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Refusal("old-excel", format="XML 2003")
    if b"urn:oasis:names:tc:opendocument" in head:
        return Refusal("open-document")
    if re.search(_CONTROL, head) or head.startswith(rb"{\rtf"):
        return Refusal("not-a-workbook")
    return Refusal("text-file")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")
