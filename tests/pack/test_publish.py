"""Publishing: what blocks it, what it writes, that nothing leaks, and that a later release owns up to what changed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import sys
import types
import zipfile
from pathlib import Path

import msoffcrypto
import pytest
from packed import ROOT
from typed import type_into

from xlkpi import commands
from xlkpi.model.profile import Profile
from xlkpi.outcome import Outcome
from xlkpi.pack import docx as word
from xlkpi.pack import manifest
from xlkpi.pack.document import Report
from xlkpi.pack.restated import counts, released
from xlkpi.proof.inspect import inspect
from xlkpi.proof.trace import Kind
from xlkpi.wanted import Wanted
from xlkpi.workbook.layout import NARRATIVE_TABLE, REGISTER

NOW = dt.datetime(2018, 10, 17, 9, 42)
STEM = "doncaster-childrens-services-trust-2018-19-q2"
SECRET = "Ann Smith of 14 Elm Road"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "workbooks" / "dcst-2018-19-q2.xlsx", tmp_path / "ours.xlsx"))


def published(book: Path, **wanted: object) -> Outcome:
    options: dict[str, object] = {"folder": book.parent / "out", "accept_all": True, **wanted}
    return commands.publish(book, NOW, Wanted(**options))  # type: ignore[arg-type]


def pack(book: Path, profile: str = "commissioner") -> Path:
    return book.parent / "out" / f"{STEM}-{profile}"


def test_remarks_block_until_each_is_accepted(book: Path) -> None:
    blocked = published(book, accept_all=False)
    assert blocked.code == 1
    assert "to accept before anything is published" in blocked.lines[0]
    assert not (book.parent / "out").exists()
    places = [one["where"] for one in blocked.data()["remarks"]]
    assert published(book, accept_all=False, accepted=places[:-1]).code == 1
    assert published(book, accept_all=False, accepted=places).code == 0
    said = json.loads((pack(book) / manifest.NAME).read_text(encoding="utf-8"))
    assert len(said["accepted"]) == len(places)


def test_a_pack_is_whole_and_verifies(book: Path) -> None:
    outcome = published(book, by="A. Analyst")
    assert outcome.code == 0, outcome.lines
    names = sorted(path.name for path in pack(book).iterdir())
    assert names == [
        f"{STEM}.csv",
        f"{STEM}.csv-metadata.json",
        f"{STEM}.docx",
        f"{STEM}.html",
        f"{STEM}.xlsx",
        "manifest.json",
    ]
    assert commands.verify_pack(pack(book)).code == 0
    said = json.loads((pack(book) / manifest.NAME).read_text(encoding="utf-8"))
    assert (said["by"], said["profile"], said["period"]) == ("A. Analyst", "commissioner", "2018/19 Q2")
    (pack(book) / f"{STEM}.html").write_text("changed")
    changed = commands.verify_pack(pack(book))
    assert changed.code == 1
    assert "its content differs" in changed.lines[1]
    assert "Subject: Doncaster" in "\n".join(outcome.lines)


def test_two_runs_give_the_same_bytes(book: Path) -> None:
    published(book)
    first = {path.name: path.read_bytes() for path in pack(book).iterdir() if path.name != manifest.NAME}
    published(book)
    assert first == {path.name: path.read_bytes() for path in pack(book).iterdir() if path.name != manifest.NAME}


def test_another_time_changes_nothing_but_the_time(book: Path) -> None:
    """It stands in the manifest, and in the properties of both files as the time they were made."""
    published(book)
    first = read(pack(book))
    later = NOW + dt.timedelta(days=2, seconds=5)
    options: dict[str, object] = {"folder": book.parent / "out", "accept_all": True}
    assert commands.publish(book, later, Wanted(**options)).code == 0  # type: ignore[arg-type]
    second = read(pack(book))
    stamp = NOW.isoformat(), later.isoformat()
    assert json.loads(second["manifest.json", ""])["published"] == stamp[1]
    differ = {key for key in first if first[key] != second[key]}
    assert differ == {
        ("manifest.json", ""),
        (f"{STEM}.xlsx", "docProps/core.xml"),
        (f"{STEM}.docx", "docProps/core.xml"),
    }
    for key in differ - {("manifest.json", "")}:
        assert first[key].replace(stamp[0].encode(), stamp[1].encode()) == second[key]


def read(folder: Path) -> dict[tuple[str, str], bytes]:
    """Return the files of a pack, part by part."""
    found: dict[tuple[str, str], bytes] = {}
    for path in folder.iterdir():
        if path.suffix in {".xlsx", ".docx"}:
            with zipfile.ZipFile(path) as parts:
                found |= {(path.name, name): parts.read(name) for name in parts.namelist()}
        else:
            found[path.name, ""] = path.read_bytes()
    return found


def test_a_file_that_is_no_workbook_is_not_published(book: Path) -> None:
    broken = book.with_name("broken.xlsx")
    broken.write_text("no workbook")
    assert published(broken).code == 2
    assert not (book.parent / "out").exists()


PHOTO = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + SECRET.encode()
LEAKS: dict[str, str | bytes] = {
    "xl/pivotCache/pivotCacheDefinition7.xml": f'<d><cacheField name="{SECRET}"/></d>',
    "xl/pivotCache/pivotCacheRecords7.xml": f'<r><r><s v="{SECRET}"/></r></r>',
    "xl/slicerCaches/slicerCache7.xml": f'<s><i n="{SECRET}"/></s>',
    "xl/externalLinks/externalLink7.xml": f"<l><cell><v>{SECRET}</v></cell></l>",
    "xl/connections.xml": f'<c><connection name="{SECRET}"/></c>',
    "xl/queryTables/queryTable7.xml": f'<q name="{SECRET}"/>',
    "xl/model/item.data": SECRET,
    "xl/comments7.xml": f'<c><comment ref="B2"><text>{SECRET}</text></comment></c>',
    "xl/threadedComments/threadedComment7.xml": f'<c><threadedComment ref="B2"><text>{SECRET}</text></threadedComment></c>',
    "xl/persons/person.xml": f'<p><person displayName="{SECRET}"/></p>',
    "customXml/item7.xml": f"<x>{SECRET}</x>",
    "xl/vbaProject.bin": SECRET,
    "docProps/custom.xml": f'<p><property name="MSIP_Label_1_Owner"><v>{SECRET}</v></property></p>',
    "docMetadata/LabelInfo.xml": f'<l><label id="{SECRET}"/></l>',
    "docProps/thumbnail.jpeg": PHOTO,
    "xl/charts/chart77.xml": f"<c><f>#REF!</f><v>{SECRET}</v></c>",
    "xl/embeddings/oleObject7.bin": SECRET,
    "xl/media/image77.jpeg": PHOTO,
    "xl/printerSettings/printerSettings7.bin": SECRET,
    "xl/revisions/revisionLog7.xml": f"<r>{SECRET}</r>",
    "xl/revisions/userNames.xml": f"<r>{SECRET}</r>",
    "xl/richData/rdrichvalue.xml": f"<r>{SECRET}</r>",
    "xl/secret/unheard-of.bin": SECRET,
}
#: A cache's records are told with the cache.
TOLD_ELSEWHERE = {"xl/pivotCache/pivotCacheRecords7.xml"}


def plant(book: Path) -> None:
    with zipfile.ZipFile(book) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts |= {name: one if isinstance(one, bytes) else one.encode() for name, one in LEAKS.items()}
    named = f'<definedName name="Who">"{SECRET}"</definedName></definedNames>'
    text = parts["xl/workbook.xml"].decode().replace("</definedNames>", named)
    parts["xl/workbook.xml"] = text.replace('<sheet name="Log"', '<sheet name="Log" state="veryHidden"').encode()
    core = parts["docProps/core.xml"].decode()
    core = core.replace(
        "</cp:coreProperties>", f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy></cp:coreProperties>", 1
    )
    parts["docProps/core.xml"] = core.encode()
    choice = (
        f'<dataValidation type="list" sqref="ZZ2"><formula1>"{SECRET}"</formula1></dataValidation></dataValidations>'
    )
    [start] = [name for name in parts if name.startswith("xl/worksheets/sheet1.xml")]
    parts[start] = parts[start].decode().replace("</dataValidations>", choice, 1).encode()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


def test_no_leak_of_the_source_reaches_the_pack(book: Path) -> None:
    clean = {(one.part, one.what) for one in inspect(book)}
    plant(book)
    found = [one for one in inspect(book) if (one.part, one.what) not in clean]
    assert set(LEAKS) - {one.part for one in found} == TOLD_ELSEWHERE
    elsewhere = {one.kind for one in found if one.part not in LEAKS}
    assert elsewhere == {Kind.NAME, Kind.HIDDEN_SHEET, Kind.LIST, Kind.PERSON}, (
        "in the workbook, a sheet and the properties"
    )
    outcome = published(book)
    assert outcome.code == 0, outcome.lines
    for path in pack(book).iterdir():
        content = path.read_bytes()
        if path.suffix in {".xlsx", ".docx"}:
            with zipfile.ZipFile(path) as parts:
                content = b"\n".join([*map(parts.read, parts.namelist()), *(one.encode() for one in parts.namelist())])
        for secret in ("Ann Smith", "14 Elm Road"):
            assert secret.encode() not in content, path.name


def test_the_public_sees_no_small_number_in_any_file(book: Path) -> None:
    outcome = published(book, profile=Profile.PUBLIC)
    assert outcome.code == 0, outcome.lines
    figures = csv.DictReader(io.StringIO((pack(book, "public") / f"{STEM}.csv").read_text(encoding="utf-8-sig")))
    rows = {(one["code"], one["quarter"]): one for one in figures}
    assert rows["A6", "2018/19 Q2"]["numerator"] == rows["A6", "2018/19 Q2"]["outturn"] == "[c]"
    for row in rows.values():
        assert row["numerator"] not in {"1", "2", "3", "4", "5"}, row
    page = (pack(book, "public") / f"{STEM}.html").read_text(encoding="utf-8")
    assert "A6 (1%" not in page
    assert "A6 ([c])" in page
    log = book.with_name("ours - withheld 2018-19 Q2.csv").read_text(encoding="utf-8-sig")
    assert "A6,2018/19 Q2,numerator,it counts 1 to 5" in log
    assert "withheld" not in " ".join(path.name for path in pack(book, "public").iterdir())


def test_the_commissioner_sees_them_and_the_analyst_is_told(book: Path) -> None:
    outcome = published(book)
    assert "Small numbers that are shown, under your agreement" in "\n".join(outcome.lines)
    assert not list(book.parent.glob("* withheld *"))


def test_a_password_locks_workbook_and_word_file(book: Path) -> None:
    assert published(book, lock=True, ask=lambda: "correct horse").code == 0
    assert commands.verify_pack(pack(book)).code == 0
    for suffix in (".xlsx", ".docx"):
        with (pack(book) / f"{STEM}{suffix}").open("rb") as locked:
            file = msoffcrypto.OfficeFile(locked)
            assert file.is_encrypted()
            opened = io.BytesIO()
            file.load_key(password="correct horse")
            file.decrypt(opened)
        with zipfile.ZipFile(opened) as parts:
            assert "[Content_Types].xml" in parts.namelist()


def test_a_folder_of_somebody_elses_is_not_replaced(book: Path) -> None:
    pack(book).mkdir(parents=True)
    (pack(book) / "mine.txt").write_text("keep")
    outcome = published(book)
    assert outcome.code == 2
    assert "holds files that are not of a pack" in outcome.lines[0]
    assert (pack(book) / "mine.txt").read_text() == "keep"


def before(book: Path, change: str) -> Path:
    """Publish the example as the quarter before would have been, with one figure that was another then."""
    published(book)
    folder = book.parent / "out" / "earlier"
    shutil.move(pack(book), folder)
    table = folder / f"{STEM}.csv"
    rows = table.read_text(encoding="utf-8-sig").splitlines()
    rows = [
        row.replace(",71,85,75,", f",{change},85,75,") if row.startswith("A4,") and "2018/19 Q1" in row else row
        for row in rows
    ]
    table.write_text("\ufeff" + "\r\n".join(rows) + "\r\n", encoding="utf-8", newline="")
    said = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    said["period"] = "2018/19 Q1"
    for one in said["outputs"]:
        one["sha256"] = manifest.digest((folder / one["name"]).read_bytes())
    (folder / manifest.NAME).write_text(json.dumps(said), encoding="utf-8")
    return folder


def test_what_is_the_same_is_not_restated(book: Path) -> None:
    before(book, "71")
    published(book)
    assert json.loads((pack(book) / manifest.NAME).read_text(encoding="utf-8"))["restatements"] == []


def test_a_last_release_that_was_changed_since_is_not_trusted(book: Path) -> None:
    folder = before(book, "72")
    (folder / f"{STEM}.csv").write_text("changed")
    outcome = published(book)
    assert outcome.code == 2
    assert "its data are not as they were published" in outcome.lines[0]


@pytest.mark.parametrize(
    ("policy", "profile", "shown"),
    [("withhold", Profile.COMMISSIONER, "[c]"), ("show", Profile.PUBLIC, "4"), ("Profile", Profile.COMMISSIONER, "4")],
)
def test_the_register_decides_measure_by_measure(book: Path, policy: str, profile: Profile, shown: str) -> None:
    type_into(book, REGISTER, "A6", small_numbers=policy)
    outcome = published(book, profile=profile)
    assert outcome.code == 0, outcome.lines
    assert figures_of(book, profile.value)["A6", "2018/19 Q2"]["numerator"] == shown
    is_logged = bool(list(book.parent.glob("* withheld *")))
    assert is_logged == (shown == "[c]" or profile is Profile.PUBLIC)


def figures_of(book: Path, profile: str) -> dict[tuple[str, str], dict[str, str]]:
    rows = csv.DictReader(io.StringIO((pack(book, profile) / f"{STEM}.csv").read_text(encoding="utf-8-sig")))
    return {(one["code"], one["quarter"]): one for one in rows}


def test_a_rule_that_nobody_knows_is_told(book: Path) -> None:
    type_into(book, REGISTER, "A6", small_numbers="hide")
    outcome = published(book)
    assert outcome.code == 1
    assert "Choose profile, withhold or show." in "\n".join(outcome.lines)


def test_what_the_last_release_printed_is_known_and_covered_by_what_comes_now(book: Path) -> None:
    """A count that the last release printed is subtracted from: it reaches the rules by way of its data."""
    folder = before(book, "71")
    assert counts(released(folder))["A4 2018/19 Q1 numerator"] == 4070
    assert "F03 2018/19 Q1 outturn" not in counts(released(folder)), "a rate is no count"


def test_a_sentence_that_gives_a_figure_away_reaches_no_file_of_the_public(book: Path) -> None:
    leak = "Only four children stayed on a plan for two years."
    type_into(book, NARRATIVE_TABLE, "purpose", yours=f"We report. {leak}")
    assert published(book, profile=Profile.PUBLIC).code == 0
    assert published(book).code == 0
    assert leak in everything(pack(book))
    assert "We report." in everything(pack(book, "public"))
    assert "four children" not in everything(pack(book, "public"))
    log = next(book.parent.glob("* withheld *")).read_text(encoding="utf-8-sig")
    assert leak in log
    assert '1.1,2018/19 Q2,sentence,"it may give away A6 numerator of' in log


def everything(folder: Path) -> str:
    """Return all that the files of a pack say, part by part."""
    found = []
    for path in folder.iterdir():
        if path.suffix in {".xlsx", ".docx"}:
            with zipfile.ZipFile(path) as parts:
                found += [parts.read(name).decode(errors="replace") for name in parts.namelist()]
        else:
            found.append(path.read_text(encoding="utf-8-sig"))
    return "\n".join(found)


def test_a_file_that_is_not_clean_leaves_nothing_and_names_its_part(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(book)
    before = everything(pack(book))

    def careless(report: Report, workbook: bytes, created: dt.datetime) -> bytes:
        return changed_part(
            word.document(report, workbook, created), "docProps/core.xml", "<dc:creator></dc:creator>", SECRET
        )

    monkeypatch.setattr("xlkpi.pack.docx", types.SimpleNamespace(document=careless))
    monkeypatch.setitem(sys.modules, "xlkpi.pack.docx", types.SimpleNamespace(document=careless))
    outcome = published(book)
    assert outcome.code == 1
    assert f"{STEM}.docx, docProps/core.xml: personal property: the author is {SECRET}." in "\n".join(outcome.lines)
    assert everything(pack(book)) == before, "the pack of before is still whole"
    shutil.rmtree(book.parent / "out")
    assert published(book).code == 1
    assert not (book.parent / "out").exists()


def changed_part(content: bytes, part: str, old: str, name: str) -> bytes:
    finished = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(finished, "w") as target:
        for each in source.namelist():
            text = source.read(each)
            if each == part:
                assert old.encode() in text
                text = text.replace(old.encode(), f"<dc:creator>{name}</dc:creator>".encode())
            target.writestr(each, text)
    return finished.getvalue()
