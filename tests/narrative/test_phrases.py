"""Phrases that an organisation changes: what they may hold, and what is said of one that cannot be read."""

from __future__ import annotations

import pytest
from narrative.registers import random_told

from xlkpi.errors import WorkbookInvalid
from xlkpi.narrative.follow import GAP
from xlkpi.narrative.paragraphs import PLACE_NAMES, write
from xlkpi.narrative.phrases import Phrase, default_phrases
from xlkpi.narrative.render import Renderer


def faults(text: str, when: str = "", paragraph: str = "exception") -> list[str]:
    phrase = Phrase(paragraph, "mine", when, text, "", "Phrases!E9", "Phrases!D9", "Phrases!B9")
    return [str(one) for one in Renderer().faults([phrase], PLACE_NAMES)]


CURE = "Correct it, or copy the phrase from a new workbook."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ one.outtrun }}", "names the field 'outtrun', which 'one' does not have (near it: 'outturn')"),
        ("{{ quater }}", "names the field 'quater', which is not known here (near it: 'quarter' and 'last_quarter')"),
        ("{{ figure.moves }}", "names the field 'figure', which is not known here"),
        ("{{ one.kind }}", "names the field 'kind', which 'one' does not have"),
        ("{{ all.only.cod }}", "names the field 'cod', which 'all.only' does not have (near it: 'code')"),
        ("{{ quarter.label }}", "names the field 'label', which 'quarter' does not have"),
        ("{{ one.outturn", "cannot be read: unexpected end of template, expected 'end of print statement'"),
        ("{% if one.gap %}The gap.", "cannot be read: unexpected end of template"),
        ("{{ one.__class__ }}", "names the field '__class__', which 'one' does not have"),
        ("{{ one._result }}", "names the field '_result', which 'one' does not have"),
        ("x" * 2_001, "has 2,001 characters, more than 2,000"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_told_with_its_cell_and_field(text: str, said: str) -> None:
    [fault] = faults(text)
    assert fault.startswith(f"Phrases!E9: the text of the phrase 'mine' {said}"), fault


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in all %}x{% endfor %}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ one.outturn() }}",
        "{{ one['outturn'] }}",
        "{% set x = 1 %}",
        "{% include 'a' %}",
        "{% macro a() %}{% endmacro %}",
        "{{ [1, 2] }}",
        "{{ 'a' ~ 'b' }}",
        "{% if 'a' in organisation %}x{% endif %}",
        "{% if one is defined %}x{% endif %}",
    ],
)
def test_a_phrase_does_nothing_but_name_fields(text: str) -> None:
    [fault] = faults(text)
    assert fault.startswith("Phrases!E9: the text of the phrase 'mine' ")
    assert "only {{ fields }} and {% if %} can stand there" in fault or "cannot be read" in fault


def test_a_filter_is_refused() -> None:
    [fault] = faults("{{ organisation|upper }}")
    assert fault.startswith("Phrases!E9: the text of the phrase 'mine' ")


def test_a_condition_that_cannot_be_read_is_told_with_its_own_cell() -> None:
    [fault] = faults("Fine.", when="one.gapp")
    assert fault == (
        f"Phrases!D9: the condition of the phrase 'mine' names the field 'gapp', which 'one' does not have (near it: 'gap'). {CURE}"
    )


def test_a_paragraph_that_there_is_not_is_told() -> None:
    assert faults("Fine.", paragraph="headlin") == [
        "Phrases!B9: the paragraph is 'headlin', which the narrative does not have (near it: 'headline'). "
        "Choose one from the list."
    ]


def test_a_comparison_with_nothing_is_told_when_it_happens() -> None:
    told = random_told(3)
    phrase = Phrase("purpose", "mine", "shares.moves > organisation", "Never.", when_where="Phrases!D9")
    with pytest.raises(WorkbookInvalid) as caught:
        write(told, [phrase], Renderer())
    assert "Phrases!D9: the condition of the phrase 'mine' compares a field that is empty" in str(caught.value)


def sentence(text: str, seed: int = 3, paragraph: str = "purpose") -> str:
    found = write(random_told(seed), [Phrase(paragraph, "mine", "", text)], Renderer()).paragraphs
    return found[0].text


def test_a_phrase_may_choose_between_words() -> None:
    assert sentence("{{ 'some' if all.count > 0 else 'none' }} of them.") == "Some of them."
    assert sentence("{% if not all %}none{% elif all.count == 2 %}two{% else %}more{% endif %} of them.") == "Two of them."
    assert sentence("{% if 1 < all.count <= 2 %}a   pair{% endif %} of them.") == "A pair of them."


def test_a_field_without_a_figure_leaves_a_gap_that_can_be_seen() -> None:
    assert sentence("It was {{ all.only.outturn }}.") == f"It was {GAP}."


def test_a_paragraph_without_phrases_is_left_out_and_the_numbers_close_up() -> None:
    told = random_told(7)
    without = [one for one in default_phrases() if one.paragraph not in {"set", "table"}]
    before = [one.key for one in write(told, default_phrases(), Renderer()).paragraphs]
    after = write(told, without, Renderer()).paragraphs
    assert [one.key for one in after] == [key for key in before if key not in {"set", "table"}]
    assert [one.number for one in after[:2]] == ["1.1", "2.1"]
