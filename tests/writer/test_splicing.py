from __future__ import annotations

import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from kpicheck import texts, writer
from kpicheck.writer.splicing import Markup, Unpatchable, at_depth, quoted, text

PART = (
    b'<?xml version="1.0"?>\r\n<!-- <a> --><p:root xmlns:p="urn:p" note=\'2 > "1"\'>\n'
    b'  <p:one  a = "x>y" b=\'"\'/><p:two><!-- <p:one/> --><![CDATA[<p:one/>]]>tekst &amp; meer</p:two >'
    b"<p:three></p:three></p:root>\n<!-- slot -->"
)


def test_nothing_changed_is_the_same_bytes() -> None:
    assert Markup(PART).result() == PART


def test_elements_tell_where_they_stand() -> None:
    root = Markup(PART).root
    assert [one.name for one in root.children] == ["one", "two", "three"]
    one, two, three = root.children
    assert PART[one.start : one.end] == b"""<p:one  a = "x>y" b='"'/>"""
    assert one.empty
    assert one.attributes == {"a": "x>y", "b": '"'}
    assert PART[two.opened : two.closed].endswith(b"tekst &amp; meer")
    assert PART[two.closed : two.end] == b"</p:two >"
    assert not three.empty
    assert three.opened == three.closed


def test_changes_are_made_where_they_belong() -> None:
    markup = Markup(PART)
    one, two, three = markup.root.children
    markup.set(one, {"a": "n\u00e9w <1>", "b": None, "c": "3"})
    markup.append(three, markup.tag("four", {"at": "'\""}, text("\u20ac < 5")))
    markup.drop(two)
    after = markup.result()
    assert after.startswith(PART[: one.start])
    assert b'<p:one a="n&#233;w &lt;1&gt;" c="3"/>' in after
    assert b'<p:three><p:four at="&#x27;&quot;">&#8364; &lt; 5</p:four></p:three>' in after
    assert b"two" not in after.replace(b"<!-- <p:one/> -->", b"")


def test_an_element_that_closed_itself_opens_for_what_is_put_in_it() -> None:
    markup = Markup(b'<a><b c="1" /></a>')
    markup.append(markup.root.children[0], b"<d/>")
    assert markup.result() == b'<a><b c="1"><d/></b></a>'


def test_two_changes_of_the_same_place_are_refused() -> None:
    markup = Markup(PART)
    markup.drop(markup.root.children[0])
    markup.replace(markup.root.children[0].start + 1, markup.root.children[0].end, b"")
    with pytest.raises(Unpatchable):
        markup.result()


def test_elements_are_found_across_the_steps_of_the_parser() -> None:
    xml = b"<a>" + b"".join(b"<b><c>%d</c></b>" % number for number in range(60_000)) + b"</a>"
    markup = Markup(xml)
    found = [one for one in markup.elements(at_depth(None, ["b"], ["c"])) if one.name == "c"]
    assert len(found) == 60_000
    assert [int(xml[one.opened : one.closed]) for one in found] == list(range(60_000))
    assert {one.parent.name for one in found if one.parent} == {"b"}


@given(st.text())
def test_any_text_is_kept_but_for_what_xml_cannot_hold(value: str) -> None:
    kept = fromstring(b"<a>" + text(value) + b"</a>").text or ""
    unfit = {*map(chr, range(0x20)), "\ufffe", "\uffff"} - {"\t", "\n", "\r"}
    assert kept == "".join("\ufffd" if one in unfit or "\ud800" <= one <= "\udfff" else one for one in value)
    assert (fromstring(b"<a b=" + quoted(value) + b"/>").get("b") or "") == kept
    assert text(value).isascii()


def test_every_reason_has_words() -> None:
    code = "".join(file.read_text() for file in Path(writer.__file__).parent.glob("*.py"))
    reasons = set(re.findall(r'Unpatchable\("(\w+)"\)', code))
    assert len(reasons) > 5
    for language in texts.LANGUAGES:
        for one in reasons:
            assert texts.text("annotate", "reason", language, {"kind": one})
