"""A logo is the picture that its name says, and does nothing."""

import pytest

from comparo.content.images import read_image

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.fixture
def image(files, write):
    """Give a function that writes a logo and reads it."""
    return lambda suffix, data: read_image(files, write(f"content/products/x/logo.{suffix}", data))


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        ("png", b"\x89PNG\r\n\x1a\n..."),
        ("jpg", b"\xff\xd8\xff\xe0..."),
        ("webp", b"RIFF\n\0\0\0WEBPVP8 "),
        ("svg", SVG.format('<path d="M0 0h8"/>').encode()),
        ("svg", b'\xef\xbb\xbf<?xml version="1.0"?><!-- \xc3\xbc -->' + SVG.format("").encode()),
    ],
)
def test_pictures_are_taken_as_they_are(image, said, suffix, data):
    """A picture of its kind is kept byte for byte."""
    found = image(suffix, data)

    assert (found.path, found.suffix, found.data) == (
        f"content/products/x/logo.{suffix}",
        suffix,
        data,
    )
    assert said() == []


@pytest.mark.parametrize(
    "inside",
    [
        '<g fill="url(#a)" style="stroke: url( \'#b\' )"/>',
        '<use href="#a"/><use xlink:href="#a"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>.a { fill: url(#a) }</style>",
        '<a href="#top">x</a>',
        "<g>" * 9_000 + "</g>" * 9_000,
    ],
)
def test_a_drawing_may_refer_to_itself(image, said, inside):
    """Gradients, symbols and pictures within the file are no way out of it."""
    assert image("svg", SVG.format(inside))
    assert said() == []


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "holds <script>, which can act"),
        ("<SCRIPT/>", "holds <script>, which can act"),
        ('<x:script xmlns:x="http://www.w3.org/2000/svg"/>', "holds <script>, which can act"),
        ("<foreignObject/>", "holds <foreignobject>, which can act"),
        ('<set attributeName="href" to="javascript:x"/>', "holds <set>, which can act"),
        ('<meta xmlns="http://www.w3.org/1999/xhtml"/>', "holds <meta>, which can act"),
        ('<g onload="x()"/>', "holds onload=, which can run a script"),
        ('<g OnClick="x()"/>', "holds onclick=, which can run a script"),
        ('<a href="javascript:x()"/>', "refers to something outside itself: href="),
        ('<a href=" java&#10;script:x()"/>', "refers to something outside itself: href="),
        ('<a xlink:href="https://evil.org"/>', "refers to something outside itself: href="),
        ('<image href="data:text/html,x"/>', "refers to something outside itself: href="),
        ('<image src="//evil.org/a.png"/>', "refers to something outside itself: src="),
        ('<g fill="url(https://evil.org)"/>', "refers to something outside itself: fill="),
        ("<g style=\"fill: URL( '//evil.org')\"/>", "refers to something outside itself: style="),
        ('<g style="fill: u\\72l(//evil.org)"/>', "refers to something outside itself: style="),
        ("<style>@import 'https://evil.org';</style>", "has a style that refers to something"),
        ("<style>a { fill: u\\72l(//evil.org) }</style>", "has a style that refers to something"),
        ("<g>", "is not SVG: mismatched tag: line 1, column"),
        ("&undefined;", "is not SVG: undefined entity"),
    ],
)
def test_an_active_drawing_is_refused(image, said, inside, message):
    """Whoever opens the drawing by itself must not run it, nor ask another host."""
    assert image("svg", SVG.format(inside)) is None

    (error,) = said()
    assert error.startswith(f"content/products/x/logo.svg: {message}")


@pytest.mark.parametrize(
    ("suffix", "data", "message"),
    [
        ("png", "<script>", "is not a PNG picture"),
        ("png", b"\xff\xd8\xff", "is not a PNG picture"),
        ("jpg", b"", "is not a JPG picture"),
        ("webp", b"RIFF\n\0\0\0WAVE", "is not a WEBP picture"),
        ("png", b"\x89PNG\r\n\x1a\n" + b"x" * 300_000, "is larger than 300,000 bytes"),
        ("svg", "<html/>", "is not SVG"),
        ("svg", "", "is not SVG: no element found"),
        ("svg", b"<svg>\xff</svg>", "is not SVG: not well-formed"),
        ("svg", SVG.format("<script/>").encode("utf-16"), "is not UTF-8"),
        ("svg", '<?xml version="1.0" encoding="nope"?><svg/>', "is not SVG: unknown encoding"),
        ("svg", '<?XML-StyleSheet href="#x"?><svg/>', "names a style sheet"),
        ("svg", '<?xml-stylesheet type="text/xsl" href="#x"?><svg/>', "names a style sheet"),
        ("svg", '<!doctype svg [<!ENTITY a "b">]><svg>&a;</svg>', "declares a document type"),
    ],
)
def test_what_is_no_picture_of_its_kind_is_refused(image, said, suffix, data, message):
    """A file that is not what its name says, or that is too much of it, is an error."""
    assert image(suffix, data) is None

    (error,) = said()
    assert error.startswith(f"content/products/x/logo.{suffix}: {message}")
