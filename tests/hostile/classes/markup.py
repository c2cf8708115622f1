"""The XML inside: entities, depth, tokens, encodings, and XML that is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.hostile.parts import BOOK, BOOK_RELS, MAIN, PLAN, STRINGS, STYLES, Parts
from tests.hostile.register import changed

_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {x} "{f"&{y};" * 10}">' for x, y in zip("bcdefghi", "abcdefgh", strict=True))
    + "]>"
)
_MEBIBYTE = 1 << 20


def _head(part: str, dtd: str) -> Callable[[Parts], Parts]:
    """Put something between the declaration and the root of a part."""
    return lambda parts: parts.pattern(part, r"(<\?xml[^>]*\?>\s*)", rf"\g<1>{dtd}", count=1)


def _in_sheet(xml: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts.behind(xml)


def _encoded(part: str, codec: str, told: str | None = None) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        text = parts[part].decode()
        if told is not None:
            text = text.replace('encoding="UTF-8"', f'encoding="{told}"', 1)
        parts[part] = text.encode(codec, "xmlcharrefreplace")
        return parts

    return change


def _strict(parts: Parts) -> Parts:
    for name, content in parts.items():
        parts[name] = content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    return parts


def _prefixed(parts: Parts) -> Parts:
    text = parts[PLAN].decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    head, _, body = text.partition("?>")
    body = body.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
    parts[PLAN] = f"{head}?>{body}".encode()
    return parts


def _cut_off(part: str, parts: Parts) -> Parts:
    return parts.with_part(part, parts[part][: len(parts[part]) * 2 // 3])


for _part, _name in {
    PLAN: "sheet",
    STRINGS: "strings",
    STYLES: "styles",
    BOOK: "workbook",
    BOOK_RELS: "relations",
}.items():
    changed("xml", f"dtd-in-the-{_name}", _head(_part, "<!DOCTYPE x>"))
    changed(
        "xml",
        f"cut-off-in-the-{_name}",
        partial(_cut_off, _part),
    )
changed(
    "xml",
    "billion-laughs",
    lambda parts: _head(STRINGS, _LAUGHS)(parts).swap(STRINGS, "<t>Naam TransformatiePlan</t>", "<t>&i;</t>"),
)
changed("xml", "entity-from-a-file", _head(PLAN, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'))
changed("xml", "entity-from-the-network", _head(PLAN, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'))
changed(
    "xml",
    "dtd-in-utf-16",
    lambda parts: _encoded(PLAN, "utf-16", "UTF-16")(_head(PLAN, "<!DOCTYPE x>")(parts)),
)
changed(
    "xml",
    "entity-nobody-declared",
    lambda parts: parts.swap(STRINGS, "<t>Naam TransformatiePlan</t>", "<t>&plan;</t>"),
)
changed("xml", "depth-of-300", _in_sheet("<a>" * 300 + "</a>" * 300))
changed("xml", "depth-of-100,000", _in_sheet("<a>" * 100_000 + "</a>" * 100_000))
changed("xml", "300-attributes", _in_sheet("<a " + " ".join(f'b{n}="1"' for n in range(300)) + "/>"))
changed("xml", "100,000-attributes", _in_sheet("<a " + " ".join(f'b{n}="1"' for n in range(100_000)) + "/>"))
changed("xml", "attribute-twice", _in_sheet('<a b="1" b="2"/>'))
changed("xml", "300-namespaces", _in_sheet("<a " + " ".join(f'xmlns:b{n}="c{n}"' for n in range(300)) + "/>"))
changed("xml", "comment-of-2-mb", _in_sheet("<!--" + "-a" * _MEBIBYTE + "-->"))
changed("xml", "attribute-of-2-mb", _in_sheet(f'<a b="{"x" * (2 * _MEBIBYTE)}"/>'))
changed("xml", "name-of-2-mb", _in_sheet(f"<{'x' * (2 * _MEBIBYTE)}/>"))
changed("xml", "text-of-2-mb", _in_sheet(f"<a>{'x' * (2 * _MEBIBYTE)}</a>"))
changed("xml", "verbatim-of-2-mb", _in_sheet(f"<a><![CDATA[{'x' * (2 * _MEBIBYTE)}]]></a>"))
changed("xml", "instruction-of-2-mb", _in_sheet(f"<?a {'x' * (2 * _MEBIBYTE)}?>"))
changed("xml", "60-comments-of-1-mb", _in_sheet(f"<!--{'x' * 1_000_000}-->" * 60))
changed(
    "xml",
    "tag-that-never-ends",
    lambda parts: parts.with_part(PLAN, parts[PLAN] + b"<" + b"a" * (2 * _MEBIBYTE)),
)
changed("xml", "utf-16", _encoded(PLAN, "utf-16", "UTF-16"))
changed(
    "xml",
    "utf-16-big-endian",
    lambda parts: parts.with_part(
        STRINGS, b"\xfe\xff" + parts[STRINGS].decode().replace("UTF-8", "UTF-16").encode("utf-16-be")
    ),
)
changed(
    "xml",
    "utf-16-cut-in-a-character",
    lambda parts: parts.with_part(PLAN, parts[PLAN].decode().encode("utf-16")[:-1]),
)
changed("xml", "utf-8-with-mark", _encoded(PLAN, "utf-8-sig"))
changed("xml", "latin-1", _encoded(STRINGS, "latin-1", "ISO-8859-1"))
changed(
    "xml",
    "told-latin-1-is-utf-8",
    lambda parts: parts.swap(STRINGS, 'encoding="UTF-8"', 'encoding="US-ASCII"'),
)
changed("xml", "utf-7", _encoded(STRINGS, "utf-7", "UTF-7"))
changed(
    "xml", "encoding-nobody-knows", lambda parts: parts.swap(PLAN, 'encoding="UTF-8"', 'encoding="X-PLAN"')
)
changed(
    "xml",
    "bytes-that-are-no-utf-8",
    lambda parts: parts.with_part(STRINGS, parts[STRINGS].replace(b"Naam", b"N\xff\xfem")),
)
changed(
    "xml",
    "half-a-pair-in-utf-8",
    lambda parts: parts.with_part(STRINGS, parts[STRINGS].replace(b"Naam", b"N\xed\xa0\x80m", 1)),
)
changed(
    "xml",
    "zero-byte",
    lambda parts: parts.with_part(PLAN, parts[PLAN].replace(b"<sheetData>", b"<sheetData>\0")),
)
changed(
    "xml", "zero-as-reference", lambda parts: parts.swap(STRINGS, "Naam TransformatiePlan", "Naam&#0;Plan")
)
changed(
    "xml", "control-character", lambda parts: parts.swap(STRINGS, "Naam TransformatiePlan", "Naam\x1bPlan")
)
changed("xml", "two-roots", lambda parts: parts.with_part(PLAN, parts[PLAN] + b"<worksheet/>"))
changed("xml", "empty-part", lambda parts: parts.with_part(PLAN, b""))
changed("xml", "no-xml-at-all", lambda parts: parts.with_part(PLAN, b"\x00\x01\x02"))
changed("xml", "text-behind-the-root", lambda parts: parts.with_part(PLAN, parts[PLAN] + b"plan"))
changed("xml", "namespace-with-a-bracket", _in_sheet('<q:a xmlns:q="urn:}q"/>'))
changed("xml", "prefix-nobody-declared", _in_sheet("<q:a/>"))
changed("xml", "strict-dialect", _strict)
changed("xml", "elements-with-a-prefix", _prefixed)
changed(
    "xml",
    "elements-of-another-namespace",
    lambda parts: parts.swap(PLAN, f'xmlns="{MAIN}"', 'xmlns="urn:plan"'),
)
changed(
    "xml",
    "text-as-verbatim",
    lambda parts: parts.pattern(STRINGS, r"<t>([^<&]*)</t>", r"<t><![CDATA[\1]]></t>"),
)
changed(
    "xml",
    "comments-inside-texts",
    lambda parts: parts.pattern(STRINGS, r"<t>([^<]{4})([^<]*)</t>", r"<t>\1<!-- x -->\2</t>"),
)
changed(
    "xml",
    "comments-inside-values",
    lambda parts: parts.pattern(PLAN, r"<v>(\d)(\d+)</v>", r"<v>\1<!-- 9 --><?a 9?>\2</v>"),
)
changed("xml", "letters-as-references", lambda parts: parts.pattern(STRINGS, r"<t>N", "<t>&#x4e;"))
changed(
    "xml",
    "instructions-everywhere",
    lambda parts: parts.pattern(PLAN, r"<row ", '<?xml-stylesheet href="http://127.0.0.1:9/"?><row '),
)
changed(
    "xml",
    "inclusion-of-a-file",
    _in_sheet('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
)
