"""Every field that a phrase may name can be printed, of any contract, and is documented."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from narrative.registers import random_told

from xlkpi.narrative.paragraphs import PLACE_NAMES, PLACES, write
from xlkpi.narrative.phrases import Phrase, default_phrases
from xlkpi.narrative.reading import Sort, fields_of
from xlkpi.narrative.render import _READER, _VIEWS, COMMON, Renderer
from xlkpi.narrative.said import Ledger, Said

#: A name that stands for a view, and the paragraphs whose phrases may use it.
PARAGRAPHS = {name: [place.name for place in PLACES if name in place.names or name in COMMON] for name in _VIEWS}


def is_printable(view: type, field: str) -> bool:
    return _READER.sort_of_field(view, field) is Sort.WORDS


def phrases_of(name: str) -> list[Phrase]:
    """Return a phrase for each printable field of a view, in every paragraph that may name it; others are asked for."""
    found = []
    for field in fields_of(_VIEWS[name]):
        printed = f"{{{{ {name}.{field} }}}}" if is_printable(_VIEWS[name], field) else "there"
        text = f"It is {{% if {name}.{field} %}}{printed}{{% endif %}} now."
        found += [Phrase(place, f"{name}.{field} {place}", "", text) for place in PARAGRAPHS[name]]
    return found


@pytest.mark.parametrize("name", _VIEWS)
def test_every_field_can_be_printed_or_asked_for(name: str) -> None:
    phrases = phrases_of(name)
    assert phrases
    assert list(Renderer().faults(phrases, PLACE_NAMES)) == []
    for seed in range(0, 60, 3):
        for paragraph in write(random_told(seed), phrases, Renderer()).paragraphs:
            assert "None" not in paragraph.text.replace("None of", "")
            assert not re.search(r"\bTrue\b|\bFalse\b|object at|Said\(", paragraph.text)


@pytest.mark.parametrize("name", _VIEWS)
def test_what_is_no_words_is_refused_where_it_would_be_printed(name: str) -> None:
    whole = [Phrase(PARAGRAPHS[name][0], name, "", f"{{{{ {name} }}}}")]
    no_words = [field for field in fields_of(_VIEWS[name]) if not is_printable(_VIEWS[name], field)]
    phrases = whole + [Phrase(PARAGRAPHS[name][0], field, "", f"{{{{ {name}.{field} }}}}") for field in no_words]
    told = [one.what for one in Renderer().faults(phrases, PLACE_NAMES)]
    assert len(told) == len(phrases)
    assert all(re.search(r"prints '[a-z_.]+', which is (a group of fields|a list|true or false)", one) for one in told)
    hints = [
        Phrase(PARAGRAPHS[name][0], "hint", "", f"{{{{ {found[1]} }}}}") for one in told if (found := HINT.search(one))
    ]
    assert hints
    assert list(Renderer().faults(hints, PLACE_NAMES)) == []


HINT = re.compile(r"for example ([a-z_.]+)\.")


def listing() -> str:
    """Return what a phrase may name, as the program's own docstrings say it."""
    lines = ["# What a phrase may name", ""]
    lines += [
        "Made from the program; a test holds it against it. Words alone: "
        + ", ".join(sorted(COMMON - set(_VIEWS)))
        + ".",
        "",
    ]
    for view in dict.fromkeys(_VIEWS.values()):
        names = [name for name, other in _VIEWS.items() if other is view]
        lines += [
            f"## {', '.join(names)}",
            "",
            f"{(view.__doc__ or '').splitlines()[0]}",
            "",
            "| field | what it holds |",
            "|---|---|",
        ]
        lines += [f"| {field} | {said(view, field)} |" for field in sorted(fields_of(view))]
        lines.append("")
    return "\n".join(lines)


def said(view: type, field: str) -> str:
    """Return what a field holds, in one sentence without ``Return``."""
    member = getattr(view, field, None)
    if isinstance(member, property):
        text = (member.__doc__ or "").splitlines()[0].removeprefix("Return ")
    else:
        found = re.search(rf"^ +{field}: (.+)$", view.__doc__ or "", re.MULTILINE)
        text = found[1] if found else "some measures, with the fields of a group."
    return text[:1].upper() + text[1:]


def test_the_list_of_fields_is_that_of_the_program() -> None:
    assert (files("xlkpi.narrative") / "fields.md").read_text(encoding="utf-8") == listing()


@pytest.mark.parametrize("name", _VIEWS)
def test_every_field_says_what_it_holds(name: str) -> None:
    view = _VIEWS[name]
    for field in fields_of(view):
        assert said(view, field), field


def test_names_of_the_phrases_sheet_are_the_places_of_the_narrative() -> None:
    assert {phrase.paragraph for phrase in default_phrases()} == {place.name for place in PLACES}


def test_a_said_text_compares_as_its_value() -> None:
    count = Said(Ledger(), "13", (), 13)
    assert count == 13
    assert 12 < count <= 13
    assert count >= 13
    assert count > 2
    assert count == "13"
    assert count != 14
    assert bool(count)
