"""Files made to stall or bloat whoever reads them, and files of broken bytes; each is named by what it does."""

from __future__ import annotations

import gzip
import io
import json
import random
import zlib
from pathlib import Path

MB = 1 << 20
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY l9 "{"a" * 50_000}">]>',
    "external": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    "remote": '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd" [<!ENTITY l9 SYSTEM "http://127.0.0.1:1/x">]>',
}
XML = {
    "rss": "<rss version='2.0'><channel><title>{e}</title><item><title>{e}</title></item></channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>{e}</title><entry><title>{e}</title></entry></feed>",
    "sitemap": "<urlset><url><loc>http://x.example/{e}</loc></url></urlset>",
    "xhtml": "<html><head><title>{e}</title></head><body><p>{e}</p></body></html>",
}


def make_bombs(folder: Path) -> list[Path]:
    """Write sixty files that are meant to do harm."""
    found = {}
    for name, head in ENTITIES.items():
        for kind, body in XML.items():
            times = 20_000 if name == "quadratic" else 1
            found[f"{name}-{kind}.xml"] = f"<?xml version='1.0'?>{head}{body.format(e='&l9;' * times)}".encode()
    for tag in ("div", "b", "table", "ul", "blockquote", "span", "font", "form"):
        found[f"deep-{tag}.html"] = b"<html><body>" + f"<{tag}>".encode() * 100_000 + b"x"
    found["deep-attributes.html"] = b"<html><body><p " + b"a='b' " * 300_000 + b">x"
    found["deep.rss"] = b"<rss version='2.0'><channel>" + b"<item>" * 100_000
    found["deep.sitemap"] = b"<urlset>" + b"<url>" * 100_000
    found["many-entries.rss"] = b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 200_000
    found["nested.jsonl"] = b"[" * 500_000 + b"]" * 500_000 + b"\n"
    found["nested-objects.jsonl"] = b'{"a":' * 200_000 + b"1" + b"}" * 200_000
    found["number.jsonl"] = b'{"text": ' + b"9" * 2_000_000 + b"}\n"
    found["exponent.jsonl"] = b'{"text": "x", "date": 1e999999999}\n'
    found["keys.jsonl"] = b"{" + b",".join(b'"k%d":1' % n for n in range(300_000)) + b"}\n"
    found["line.jsonl"] = b'{"text": "' + b"a" * (50 * MB) + b'"}\n'
    found["line.txt"] = b"word " * (10 * MB)
    found["line.html"] = b"<html><body><p>" + b"word " * (10 * MB)
    found["line.csv"] = b"text\n" + b"a" * (50 * MB)
    found["quote.csv"] = b'text\n"' + b"a,\n" * (5 * MB)
    found["columns.csv"] = b",".join(b"c%d" % n for n in range(500_000)) + b"\n" + b"," * 500_000
    found["zeros.txt.gz"] = gzip.compress(bytes(200 * MB))
    found["zeros.jsonl.gz"] = gzip.compress(b'{"text": "' + b"a" * (200 * MB) + b'"}')
    found["zeros.html.gz"] = gzip.compress(b"<html><body>" + b" " * (200 * MB))
    found["zeros.rss.gz"] = gzip.compress(b"<rss version='2.0'><channel>" + b" " * (200 * MB))
    found["lines.jsonl.gz"] = gzip.compress(b"x\n" * (5 * MB))
    found["twice.txt.gz"] = gzip.compress(gzip.compress(bytes(100 * MB)))
    found["cut.txt.gz"] = gzip.compress(bytes(MB))[:-9]
    found["wrong.txt.gz"] = b"\x1f\x8b\x08\x00" + bytes(64)
    found["members.txt.gz"] = gzip.compress(b"a") * 50_000
    warc = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {n}\r\nWARC-Target-URI: http://x.example/\r\n\r\n"
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>"
    found["length.warc"] = warc.format(n=10**15).encode() + page
    found["negative.warc"] = warc.format(n=-5).encode() + page
    found["huge.warc.gz"] = gzip.compress(warc.format(n=200 * MB + len(page)).encode() + page + b" " * (200 * MB))
    found["headers.warc"] = b"WARC/1.0\r\n" + b"X: y\r\n" * 500_000 + b"\r\n"
    found["many.warc"] = (warc.format(n=0) + "\r\n\r\n").encode() * 30_000
    found["coded.warc"] = (
        warc.format(n=2000).encode()
        + page.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n", 1)
        + gzip.compress(bytes(200 * MB))[:1500]
    )
    found["chunked.warc"] = warc.format(n=90).encode() + page.replace(
        b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n", 1
    )
    stream = zlib.compress(b"(x) Tj " * (20 * MB))
    found["stream.pdf"] = make_pdf(b"<< /Length %d /Filter /FlateDecode >>" % len(stream), stream)
    found["filters.pdf"] = make_pdf(b"<< /Length %d /Filter [%s] >>" % (len(stream), b"/FlateDecode " * 50), stream)
    found["loop.pdf"] = (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 999999999 >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    )
    found["objects.pdf"] = b"%PDF-1.4\n" + b"".join(b"%d 0 obj null endobj\n" % n for n in range(200_000)) + b"%%EOF"
    found["nested.pdf"] = b"%PDF-1.4\n1 0 obj " + b"[" * 100_000 + b" endobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    for name, content in found.items():
        (folder / name).write_bytes(content)
    return sorted(folder.iterdir())


def make_pdf(head: bytes, stream: bytes) -> bytes:
    """Return a PDF of one page whose content is the stream."""
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] >> endobj\n"
        b"4 0 obj " + head + b" stream\n" + stream + b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    )


def make_bad_files(folder: Path, samples: Path, number: int) -> list[Path]:
    """Write so many files of broken bytes: samples cut, mixed up, half of another, with the wrong name."""
    chance = random.Random(5)
    sources = [(path.name, path.read_bytes()) for path in sorted(samples.iterdir()) if path.is_file()]
    endings = [name[name.index(".") :] for name, _ in sources] + [".xml", ".md", ".tsv", ".htm"]
    for index in range(number):
        name, content = chance.choice(sources)
        made = bytearray(chance.choice(SPOILS)(chance, content, chance.choice(sources)[1]))
        ending = chance.choice(endings) if chance.random() < 0.4 else name[name.index(".") :]
        (folder / f"bad{index:05}{ending}").write_bytes(bytes(made))
    return sorted(folder.iterdir())


def _flip(chance: random.Random, content: bytes, _other: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(chance.randint(1, 60)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _insert(chance: random.Random, content: bytes, _other: bytes) -> bytes:
    place = chance.randrange(len(content))
    odd = chance.choice(
        [b"\0" * 9, b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", "\u202eabc\u202c".encode(), b"\xef\xbf\xbf", b"\x1b[2J",
         "Ã¢â‚¬â„¢".encode(), b"]]>", b"<![CDATA[", b"&#x0;&#xd800;", b"\r", "\u2028".encode(), "مرحبا".encode()]
    )  # fmt: skip
    return content[:place] + odd + content[place:]


SPOILS = (
    _flip,
    _insert,
    lambda chance, content, _: content[: chance.randrange(len(content))],
    lambda chance, content, _: content[chance.randrange(len(content)) :],
    lambda chance, content, other: content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :],
    lambda chance, _, __: chance.randbytes(chance.randrange(2000)),
    lambda _, content, __: content.decode("utf8", "replace").encode("utf-16"),
    lambda _, content, __: content.decode("latin1").encode("utf8"),
    lambda _, content, __: content.replace(b"\n", b"\r"),
    lambda chance, _, __: chance.choice(
        [b"", b" ", b"\n\n", b"\0", b"\xef\xbb\xbf", b"{", b"<", b"%PDF-", b"WARC/1.0"]
    ),
    lambda _, content, __: gzip.compress(content)[:-3],
    lambda _, content, __: io.BytesIO(content).getvalue() + b"\0",
    lambda _, content, __: json.dumps(content.decode("latin1")).encode(),
)
