"""Files with job descriptions, made by hand: whole, encrypted, broken and hostile ones."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import docx
from docx.oxml import parse_xml
from pypdf import PdfReader, PdfWriter

LINES = (
    "Senior Backend Engineer",
    "Requirements",
    "- 3+ years of experience with Python and PostgreSQL",
    "- Redis and Elasticsearch",
    "Nice to have",
    "- Scala",
)
WORD = "word/document.xml"


def pdf(lines: Sequence[str] = LINES, pages: int = 1) -> bytes:
    """A PDF whose pages show these lines, written object by object."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    content = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode("latin-1")
    return pdf_of(content, pages)


def pdf_of(content: bytes, pages: int = 1, extra: bytes = b"") -> bytes:
    """A PDF whose pages have this content."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 612 792] >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content),
        *[page] * pages,
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(out))
    )


def encrypted_pdf(word: str = "a word") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(word, "the owner's", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf() -> bytes:
    """A page with a picture and no text."""
    return pdf_of(b"q 612 0 0 792 0 0 cm Q")


def looping_pdf() -> bytes:
    """Cross-reference tables that name each other."""
    first = pdf()
    place = first.index(b"xref\n0")
    return first.replace(b"<< /Size", b"<< /Prev %d /Size" % place)


def endless_pages_pdf() -> bytes:
    """A tree of pages that is its own child."""
    return pdf().replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")


def swelling_pdf() -> bytes:
    """A page of a few hundred KB that is hundreds of MB when it is unpacked."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * 2**20) for _ in range(300)) + packer.flush()
    return pdf_of(content, extra=b"/Filter /FlateDecode")


def word(lines: Sequence[str] = LINES) -> bytes:
    """A DOCX with paragraphs, a list, a table and what is not to be read."""
    document = docx.Document()
    document.add_heading(lines[0], 0)
    for line in lines[1:]:
        if line.startswith("- "):
            document.add_paragraph(line.removeprefix("- "), style="List Bullet")
        else:
            document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Kubernetes"
    document.add_paragraph().add_run("Cobol and Fortran").font.hidden = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(changes: dict[str, bytes], data: bytes | None = None) -> bytes:
    """A DOCX with other parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or word())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.pop(name, None) or old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()


def part(name: str = WORD) -> bytes:
    """A part of the DOCX."""
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        return archive.read(name)


def invisible_pdf() -> bytes:
    """One with words in white, in no mode, and too small, and words in white on black."""
    return pdf_of(
        b"BT /F1 12 Tf 14 TL 50 750 Td (Backend Engineer) Tj T* 1 g (- Haskell) Tj 0 g T* 3 Tr "
        b"[(- Sca) 9 (la)] TJ T* 0 Tr /F1 1 Tf (- Erlang) Tj /F1 12 Tf 1 1 1 rg (- Perl) ' ET "
        b"0 g 40 590 400 30 re f BT 1 g /F1 12 Tf 50 600 Td (On black) Tj ET"
    )


def invisible_word() -> bytes:
    """One with words in white, hidden and tiny, and words in white on a shaded paragraph."""
    document = docx.Document()
    for line, look in [
        *[("Backend Engineer", ""), ("Haskell", '<w:color w:val="FFFFFF"/>')],
        *[("Scala", "<w:vanish/>"), ("Erlang", '<w:sz w:val="2"/>')],
        ("On black", '<w:shd w:fill="000000"/><w:color w:val="FFFFFF"/>'),
    ]:
        run = document.add_paragraph().add_run(line)
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        run._r.insert(0, parse_xml(f"<w:rPr {space}>{look}</w:rPr>"))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def wrapped_word() -> bytes:
    """Text in a control of a form, text inserted and text deleted while changes are tracked."""
    more = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Kotlin in a control</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt><w:p><w:r><w:t>Then </w:t></w:r>"
        '<w:ins w:id="1" w:author="a"><w:r><w:t>Erlang inserted</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>Perl</w:delText></w:r></w:del></w:p><w:tbl>'
    )
    return repacked({WORD: part().replace(b"<w:tbl>", more.encode(), 1)})


def laughing_word() -> bytes:
    """Entities that name others, a thousand million times in the end."""
    entities = '<!ENTITY e0 "ha">' + "".join(
        f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10)
    )
    declared = part().replace(b"?>\n", f"?>\n<!DOCTYPE d [{entities}]>".encode(), 1)
    return repacked({WORD: declared.replace(b"Requirements", b"Requirements &e9;")})


def curious_word() -> bytes:
    """An entity that stands for a file of the server's."""
    entity = b'?>\n<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    declared = part().replace(b"?>\n", entity, 1)
    return repacked({WORD: declared.replace(b"Requirements", b"Requirements &e;")})


def macro_word() -> bytes:
    name = "[Content_Types].xml"
    types = part(name).replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return repacked({name: types, "word/vbaProject.bin": b"Sub AutoOpen()"})
