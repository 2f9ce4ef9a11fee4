"""No path leads to a withheld figure: whatever it is, every file of the public pack is the same, byte for byte.

Tables, charts and what they remember, alternative texts, sentences, comments, gaps, cases, data, properties, the manifest:
a figure that reached any of them in any form would make the bytes differ. So nothing has to be listed here, nor searched for.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from packed import ROOT

from xlkpi import commands
from xlkpi.model.profile import Profile
from xlkpi.outcome import Source
from xlkpi.pack import manifest
from xlkpi.wanted import Wanted

NOW = dt.datetime(2018, 10, 17, 9, 42)
EXAMPLE = ROOT / "xlkpi" / "example" / "dcst"
#: Rows of the example with a small number, and the same with another that is as small.
OTHERS = {
    "four children, and three": {"observations.csv": {"2018/19 Q2,A6,4,323,": "2018/19 Q2,A6,3,323,"}},
    "five sentences, and four": {"observations.csv": {"2018/19 Q2,F03,5,27900,": "2018/19 Q2,F03,4,27900,"}},
    "three free places, and two": {"operational.csv": {"2018/19 Q2,E11,27,30,": "2018/19 Q2,E11,28,30,"}},
    "five poor audits, and four": {"observations.csv": {"2017/18 Q2,A3,65,70,": "2017/18 Q2,A3,66,70,"}},
}


def published(folder: Path, changes: Mapping[str, Mapping[str, str]], profile: Profile) -> dict[str, bytes]:
    """Return the files of a pack of the worked example with some of its rows changed; the manifest without its inputs."""
    figures = Path(shutil.copytree(EXAMPLE, folder / "figures"))
    for name, rows in changes.items():
        text = (figures / name).read_text(encoding="utf-8")
        for old, new in rows.items():
            assert old in text
            text = text.replace(old, new)
        (figures / name).write_text(text, encoding="utf-8")
    book = folder / "ours.xlsx"
    assert commands.new(book, NOW, Source("A Trust", commands.EXAMPLE_QUARTER, figures)).code == 0
    outcome = commands.publish(book, NOW, Wanted(folder / "out", profile, accept_all=True, by="A. Analyst"))
    assert outcome.code == 0, outcome.lines
    [pack] = (path for path in (folder / "out").iterdir() if path.is_dir())
    files = {path.name: path.read_bytes() for path in pack.iterdir()}
    said = json.loads(files[manifest.NAME])
    files[manifest.NAME] = json.dumps(said | {"inputs": []}).encode()
    return files


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return published(tmp_path_factory.mktemp("as it is"), {}, Profile.PUBLIC)


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_no_file_tells_which_of_two_figures_was_withheld(
    as_it_is: dict[str, bytes], tmp_path: Path, other: dict[str, dict[str, str]]
) -> None:
    assert published(tmp_path, other, Profile.PUBLIC) == as_it_is


def test_the_commissioner_sees_the_difference(tmp_path: Path) -> None:
    """Otherwise the tests above could not fail."""
    packs = [
        published(tmp_path / str(place), other, Profile.COMMISSIONER)
        for place, other in enumerate(({}, OTHERS["four children, and three"]))
    ]
    differ = {name.partition("q2")[2] for name in packs[0] if packs[0][name] != packs[1][name]}
    assert differ == {".xlsx", ".docx", ".html", ".csv", ""}
