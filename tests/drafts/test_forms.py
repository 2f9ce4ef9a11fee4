"""A report gives the same verdicts in whatever form it comes, each at the words of the text that a machine gets."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from drafts.forms import as_markdown, as_pdf, as_word
from prose.small import example

from xlkpi.drafts import read
from xlkpi.prose.claim import Verdict, Verification
from xlkpi.prose.verify import verify
from xlkpi.tables.verified import Checked, line_and_column, verification_as_json

SOFFICE = shutil.which("soffice")
REPORT = """Northborough Children's Trust: report for Quarter 2, 2018/19

1. SUMMARY

- 1.1. The table shows how many of the measures stand where, by chapter of the contract.

\tOutside tolerance\tInside tolerance\tOn or better than target\tNo target specified
Social Care Pathway\t1\t2\t4\t0
Children in Care\t1\t0\t4\t0
Youth Offending Services\t0\t2\t1\t0
Family Support Services\t0\t1\t2\t0
Workforce\t0\t0\t3\t0
Total\t2 10%\t5 25%\t13 65%\t0 0%

- 1.2. Measures outside tolerance at the end of Quarter 2, 2018/19

Two measures:

- A4 - Children seen in appropriate timescales (CIN, CPP, and CIC)
- B8 - Percentage of care proceedings on track to be completed within 26 weeks

2. CONTEXT

- 2.1. What was asked of us in the quarter, beside the same quarter last year and the quarter before, is in this table.

Measure\tQtr 2 2018/19\tQtr 2 2017/18\tQtr 1 2018/19
Contacts in period\t5694\t5600\t5611
Referrals in period\t991\t1258\t1407
ACPS qualified social worker average caseload*\t22.1\t23.4\t25.2

*Of fully qualified social workers in these teams alone.

- 2.1.1. Contacts rose by 2% on the same period last year, and referrals fell by 12% from last quarter, which is more than
 could be hoped for.
- 2.2. Average caseload has dropped from 25.2 to 22.1.
"""


def checked(path: Path) -> Verification:
    draft = read(path)
    found = verify(draft, example())
    data = verification_as_json(Checked(draft, found, line_and_column(draft.text)))
    for one in (*data["claims"], *data["findings"]):
        assert draft.text[one["start"] : one["end"]] == one["text"]
    return found


def summary(found: Verification) -> Counter[tuple[str, ...]]:
    claims = [
        (one.kind, one.verdict.value, one.stated, one.computed, one.indicator, one.paragraph) for one in found.claims
    ]
    return Counter([*claims, *((one.rule, " ".join(one.what.split()), one.paragraph) for one in found.findings)])


def wanted(tmp_path: Path) -> Counter[tuple[str, ...]]:
    plain = tmp_path / "plain.txt"
    plain.write_text(REPORT, encoding="utf-8")
    found = checked(plain)
    wrong = [one.stated for one in found.with_verdict(Verdict.CONTRADICTED)]
    assert wrong == ["2", "1407", "12%"]
    assert len(found.with_verdict(Verdict.CONFIRMED)) > 40
    return summary(found)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + REPORT.encode(),
        REPORT.replace("\n", "\r\n").encode(),
        REPORT.encode("utf-16"),
        REPORT.encode("cp1252"),
    ],
    ids=["mark", "lines of windows", "utf-16", "windows"],
)
def test_a_text_file_however_it_is_stored(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(content)
    assert summary(checked(path)) == wanted(tmp_path)


def test_offsets_are_into_the_text_as_python_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode())
    assert read(path).text == path.read_text(encoding="utf-8-sig")


def test_markdown_and_word(tmp_path: Path) -> None:
    expected = wanted(tmp_path)
    page = tmp_path / "draft.md"
    page.write_text(as_markdown(REPORT), encoding="utf-8")
    assert summary(checked(page)) == expected
    document = tmp_path / "draft.docx"
    as_word(REPORT).save(str(document))
    assert summary(checked(document)) == expected


@pytest.mark.skipif(not SOFFICE and not os.environ.get("CI"), reason="needs LibreOffice")
def test_a_pdf_whose_cells_have_several_lines(tmp_path: Path) -> None:
    document = tmp_path / "draft.docx"
    as_word(REPORT).save(str(document))
    made = as_pdf(str(SOFFICE), document)
    assert "Youth Offending Services\t0\t2\t1\t0" in read(made).text
    assert summary(checked(made)) == wanted(tmp_path)


@pytest.mark.skipif(not SOFFICE and not os.environ.get("CI"), reason="needs LibreOffice")
def test_a_pdf_whose_columns_are_set_with_tabs(tmp_path: Path) -> None:
    plain = tmp_path / "draft.txt"
    plain.write_text(REPORT, encoding="utf-8")
    assert summary(checked(as_pdf(str(SOFFICE), plain))) == wanted(tmp_path)
