"""Phrases that an organisation changes: what they may hold, and what is said of one that cannot be read."""

from __future__ import annotations

import random
import re

import pytest
from narrative.registers import random_told

from xlkpi.errors import WorkbookInvalid
from xlkpi.narrative.follow import GAP
from xlkpi.narrative.paragraphs import NOT_NOW, PLACE_NAMES, WOULD_READ, write
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
        ("{{ one.__class__ }}", "names the field '__class__', which 'one' does not have"),
        ("{{ one._result }}", "names the field '_result', which 'one' does not have"),
        ("x" * 2_001, "has 2,001 characters, more than 2,000"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_told_with_its_cell_and_field(text: str, said: str) -> None:
    [fault] = faults(text)
    assert fault.startswith(f"Phrases!E9: the text of the phrase 'mine' {said}"), fault


ASK = "ask for it with {% if %} and write the words"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ still }}", "prints 'still', which is a group of fields: name one of them, for example still.codes"),
        ("{{ one }}", "prints 'one', which is a group of fields: name one of them, for example one.name"),
        ("{{ shares }}", "prints 'shares', which is a group of fields: name one of them, for example shares.moves"),
        ("{{ set }}", "prints 'set', which is a group of fields: name one of them, for example set.sections"),
        (
            "{{ still.only }}",
            "prints 'still.only', which is a group of fields: name one of them, for example still.only.name",
        ),
        (
            "{{ one.cohorts }}",
            "prints 'one.cohorts', which is a group of fields: name one of them, for example one.cohorts.main",
        ),
        (
            "{{ still or 'none' }}",
            "prints 'still', which is a group of fields: name one of them, for example still.codes",
        ),
        (
            "{{ fell and fell.codes }}",
            "prints 'fell', which is a group of fields: name one of them, for example fell.codes",
        ),
        ("{{ fell if still else '' }}", "prints 'fell', which is a group of fields: name one of them"),
        ("{{ '' if still else fell }}", "prints 'fell', which is a group of fields: name one of them"),
        ("{% if all %}{{ still }}{% endif %}", "prints 'still', which is a group of fields: name one of them"),
        ("{% if still > 1 %}x{% endif %}", "compares 'still', which is a group of fields: name one of them"),
        ("{% if 1 < all.only %}x{% endif %}", "compares 'all.only', which is a group of fields: name one of them"),
        (
            "{{ inspections.judged }}",
            "prints 'inspections.judged', which is a list: each thing in it has a paragraph of its own, and its own phrases",
        ),
        ("{{ inspections.judged.subject }}", "names the field 'subject', which 'inspections.judged' does not have"),
        ("{{ still.is_long }}", f"prints 'still.is_long', which is true or false and no word: {ASK}"),
        ("{{ not still }}", f"prints a comparison, which is true or false and no word: {ASK}"),
        ("{{ all.count > 1 }}", f"prints a comparison, which is true or false and no word: {ASK}"),
        ("{{ true }}", "prints true, which is no word: put words in quotes"),
        ("{{ none }}", "prints none, which is no word: put words in quotes"),
    ],
)
def test_what_is_no_words_is_not_printed(text: str, said: str) -> None:
    [fault] = faults(text)
    assert fault.startswith(f"Phrases!E9: the text of the phrase 'mine' {said}"), fault
    assert fault.endswith(f". {CURE}")


NESTED = "has too many brackets or conditions within each other: make two phrases of it"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{{ ''.__class__ }}",
            "names the field '__class__' of what is no group: write the name of the group before it",
        ),
        ("{{ (still and fell).codes }}", "names the field 'codes' of what is no group"),
        ("{{ (still if fell else on).codes }}", "names the field 'codes' of what is no group"),
        ("{{ (1).real }}", "names the field 'real' of what is no group"),
        ("{{ (not still).codes }}", "names the field 'codes' of what is no group"),
        (f"{{{{ {'(' * 300}all.count{')' * 300} }}}}", NESTED),
        (f"{{% if {'not ' * 400}all %}}x{{% endif %}}", NESTED),
        ("{% if all %}" * 80 + "x" + "{% endif %}" * 80, NESTED),
        (f"{{{{ {'1 if all else ' * 100}2 }}}}", NESTED),
        ("{{ one.outturn", "opens {{ and does not close it: write }} after the field"),
        ("{% if one.gap", "opens {% and does not close it: write %} after the condition"),
        ("{# later", "opens {# and does not close it: write #} after the remark"),
        ("{% if one.gap %}The gap.", "has {% if %} without its end: write {% endif %} after the words that it is for"),
        ("The gap.{% endif %}", "has {% endif %} without {% if %} before it"),
        ("{% fi one %}x", "has {% fi %}, which is not known: only if, elif, else and endif can stand there"),
        (
            "{% if one.gap %}a{% elseif all %}b{% endif %}",
            "has {% elseif %}, which is not known: only if, elif, else and endif can stand there",
        ),
        ("{% if %}x{% endif %}", "has {% if %} without a condition: write {% if all.count > 1 %}"),
        ("{% %}", "has nothing between {% and %}: write {% if %} with a condition, else or endif"),
        ("{{ }}", "has nothing between {{ and }}: name a field, for example {{ quarter }}"),
        ("{{ one. }}", "has a point with nothing behind it: name a field of the group, for example all.count"),
        ("{{ one.gap }", "does not close its braces or brackets: two }} close {{, and ) closes ("),
        ("{{ (one.gap }}", "does not close its braces or brackets: two }} close {{, and ) closes ("),
        ("{{ one.gap) }}", "has a closing bracket that nothing opens"),
        (
            "{{ one gap }}",
            "has 'gap' where nothing more is expected: one field stands there, or words that compare two",
        ),
        ("{% if one.gap = 1 %}x{% endif %}", "has a single =: two of them (==) ask whether things are equal"),
        ("{% if one.gap and %}x{% endif %}", "is not finished: a field, number or word is missing at its end"),
        ("{{ \u2018some\u2019 }}", "has the quotes \u2018, which are not read: use the straight ones (')"),
        ("{{ 'some }}", "has a quote without its second one"),
        ("{{ one.gap ? 'a' }}", "has the character '?', which cannot stand between braces"),
        ("{{ {{ one.gap }} }}", "has braces within braces: name each field in braces of its own"),
        ("{{ .codes }}", "has '.' where a field, a number or words in quotes are expected"),
        ("{{ one.gap and * }}", "has '*' where a field, a number or words in quotes are expected"),
        ("{{ one.gap | }}", "does more than name fields: only {{ fields }} and {% if %} can stand there"),
        ("{{ '\\x' }}", "cannot be read: something is missing or too much"),
        ("one.gap }} more", "has }} without {{ before it"),
    ],
)
def test_what_cannot_be_followed_is_told_in_plain_words(text: str, said: str) -> None:
    [fault] = faults(text)
    assert fault.startswith(f"Phrases!E9: the text of the phrase 'mine' {said}"), fault
    assert fault.endswith(f". {CURE}")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{{ one.gap }}", "has braces: a condition is typed without them, for example all.count > 1"),
        ("one.gap %}x{% endif %}{% if all", "has braces: a condition is typed without them, for example all.count > 1"),
        ("one.gap and", "is not finished: a field, number or word is missing at its end"),
        ("and one.gap", "has 'one' where nothing more is expected: one field stands there, or words that compare two"),
        ("one.gap = 1", "has a single =: two of them (==) ask whether things are equal"),
        ("one.gap >", "is not finished: a field, number or word is missing at its end"),
        ("(all", "is not finished: a field, number or word is missing at its end"),
        ("all.count => 1", "has a single =: two of them (==) ask whether things are equal"),
        ("one.gap # 1", "has the character '#', which cannot stand in a condition"),
        ("still > 1", "compares 'still', which is a group of fields: name one of them, for example still.codes"),
        ("(still and fell).count", "names the field 'count' of what is no group"),
        ("not " * 400 + "all", NESTED),
    ],
)
def test_a_condition_that_cannot_be_followed_is_told_in_plain_words(when: str, said: str) -> None:
    [fault] = faults("Fine.", when)
    assert fault.startswith(f"Phrases!D9: the condition of the phrase 'mine' {said}"), fault
    assert fault.endswith(f". {CURE}")


def test_a_group_may_be_asked_for() -> None:
    assert (
        faults("{{ 'some' if still else 'none' }}{% if not fell or all.only %} of them{% endif %}", "still and fell")
        == []
    )


PIECES = (
    "one", "all", "still", "fell.only", "one.cohorts", "inspections", "inspections.judged", "set", "shares", "held.better",
    ".codes", ".count", ".main", ".is_long", ".subject", " and ", " or ", " if ", " else ", "not ", " > ", " == ", "1", "'a'",
    "(", ")", "none", "true", "quarter", "one.gap", "one.comment", "1.5", ", ", " ", "-", "|upper", "[0]", "()", " in ", " is ",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_typed_is_refused_with_its_cell_or_says_words(seed: int) -> None:
    chance, told = random.Random(seed), random_told(seed + 40, 5)
    for _ in range(400):
        one, two = ("".join(chance.choices(PIECES, k=chance.randint(1, 6))) for _ in range(2))
        text = chance.choice([f"It is {{{{ {one} }}}}.", f"{{% if {one} %}}a{{% else %}}{{{{ {two} }}}}{{% endif %}}"])
        place = chance.choice(["headline", "exception", "on target", "inspection"])
        phrase = Phrase(place, "mine", chance.choice(["", two]), text, "", "Phrases!E9", "Phrases!D9", "Phrases!B9")
        if [str(fault) for fault in Renderer().faults([phrase], PLACE_NAMES)]:
            continue
        try:
            paragraphs = write(told, [phrase], Renderer()).paragraphs
        except WorkbookInvalid as error:
            assert "compares a field that is empty" in str(error), text  # noqa: PT017  # most phrases raise nothing
            continue
        for paragraph in paragraphs:
            assert not re.search(r"\bTrue\b|\bFalse\b|\bNone\b|object at|\w\(\w+=|Said", paragraph.text), text


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
    assert any(
        said in fault for said in ("only {{ fields }} and {% if %} can stand there", "which is not known: only if")
    )


def test_a_filter_is_refused() -> None:
    [fault] = faults("{{ organisation|upper }}")
    assert fault.startswith("Phrases!E9: the text of the phrase 'mine' ")


def test_a_condition_that_cannot_be_read_is_told_with_its_own_cell() -> None:
    [fault] = faults("Fine.", when="one.gapp")
    said = "names the field 'gapp', which 'one' does not have (near it: 'gap')"
    assert fault == f"Phrases!D9: the condition of the phrase 'mine' {said}. {CURE}"


def test_a_paragraph_that_there_is_not_is_told() -> None:
    assert faults("Fine.", paragraph="headlin") == [
        (
            "Phrases!B9: the paragraph is 'headlin', which the narrative does not have (near it: 'headline'). "
            "Choose one from the list."
        )
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
    assert (
        sentence("{% if not all %}none{% elif all.count == 2 %}two{% else %}more{% endif %} of them.") == "Two of them."
    )
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


@pytest.mark.parametrize(
    ("when", "text", "preview"),
    [
        ("all", "There are {{ all.counted }}.", "There are 2 measures."),
        ("not all", "There are {{ all.counted }}.", f"{WOULD_READ}There are 2 measures."),
        ("not all", "There is {{ all.only.name }}.", NOT_NOW),
        ("not all", "There are{{ organisation if not all }} some.", NOT_NOW),
        ("not all", "{% if all.only.gap > 1 %}x{% endif %}", NOT_NOW),
    ],
)
def test_a_phrase_that_does_not_apply_says_how_it_would_read_if_all_that_it_prints_is_there(
    when: str, text: str, preview: str
) -> None:
    narrative = write(random_told(3), [Phrase("purpose", "mine", when, text)], Renderer())
    assert narrative.previews == [preview]
