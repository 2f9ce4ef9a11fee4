"""A manifest knows every file of its pack, and tells when one is missing, changed or foreign."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xlkpi.errors import FileUnusable
from xlkpi.pack.manifest import NAME, Release, Restatement, check, digest, manifest

FILES = {"report.html": b"<html>", "report.xlsx": b"PK"}
RELEASE = Release(
    "A Council",
    "2018/19 Q2",
    "public",
    "1.0",
    "2018-10-17T09:42:00",
    accepted=("Results: say so",),
    restatements=(Restatement("A4", "2018/19 Q1", "71%", "72%", "late returns", "2018/19 Q1"),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / NAME).write_bytes(manifest(RELEASE, {"ours.xlsx": b"PK input"}, FILES))
    return tmp_path


def test_it_says_what_went_in_and_came_out(folder: Path) -> None:
    said = json.loads((folder / NAME).read_text())
    assert said["inputs"] == [{"name": "ours.xlsx", "bytes": 8, "sha256": digest(b"PK input")}]
    assert [one["name"] for one in said["outputs"]] == ["report.html", "report.xlsx"]
    assert (said["profile"], said["accepted"]) == ("public", ["Results: say so"])
    assert said["restatements"] == [
        {
            "code": "A4",
            "period": "2018/19 Q1",
            "old": "71%",
            "new": "72%",
            "reason": "late returns",
            "release": "2018/19 Q1",
        }
    ]


def test_a_whole_pack_has_no_problems(folder: Path) -> None:
    assert check(folder) == []


def test_a_missing_a_changed_and_a_foreign_file_are_told(folder: Path) -> None:
    (folder / "report.html").unlink()
    (folder / "report.xlsx").write_bytes(b"PK changed")
    (folder / "notes.docx").write_bytes(b"mine")
    assert [(one.where, one.what) for one in check(folder)] == [
        ("report.html", "it is missing."),
        ("report.xlsx", "it is not the file that was published on 2018-10-17: its content differs."),
        ("notes.docx", "it is not part of the pack."),
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"published": "x", "outputs": [{}]}'])
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(FileUnusable, match=r"is no manifest of a pack\. Publish again"):
        check(tmp_path)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match=r"could not be read.*Name the folder that was published"):
        check(tmp_path)
