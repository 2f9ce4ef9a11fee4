"""Drafts of random sentences over random figures: true by making, in words that nobody wrote for a real report."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from prose.cases import Case, world
from prose.marks import read_marked
from prose.truth import Truth

from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.results import Result
from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.model.observation import Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator, Kind, Polarity, Register, Target, bands
from xlkpi.workbook.intake import Book, Settings

#: Title, another name, unit and polarity of what is measured here.
_RATED = (
    ("Home visits made within ten days", "home visits", "%", Polarity.HIGHER),
    ("Plans reviewed on schedule", "plan reviews", "%", Polarity.HIGHER),
    ("Repeat requests for help", "repeat requests", "%", Polarity.LOWER),
    ("Young people moved twice or more", "repeat moves", "%", Polarity.LOWER),
    ("Mean wait for a first appointment", "waiting time", "days", Polarity.LOWER),
    ("Vacant posts among practitioners", "vacancies", "%", Polarity.LOWER),
    ("Health passports in place", "health passports", "%", Polarity.HIGHER),
    ("School attendance of young carers", "young carers' attendance", "%", Polarity.HIGHER),
)
_COUNTED = (
    ("Calls to the duty desk", "duty desk calls"),
    ("Households supported", "households"),
    ("Fostering enquiries", "fostering enquiries"),
    ("Young people in supported lodgings", "supported lodgings"),
)
_SECTIONS = ("Visiting", "Planning", "People")


def random_case(seed: int) -> Case:
    """Return a draft with its figures, the same for the same seed."""
    chance = random.Random(f"grammar {seed}")
    quarter = Quarter(chance.randrange(2016, 2027), chance.randrange(1, 5))
    register, observations = _figures(chance, quarter)
    book = Book(Settings("Anytown", quarter, Judged.EXACT, backup=False), register, observations, (), (), (), {})
    truth = Truth(book)
    marked = read_marked("\n\n".join(_paragraphs(chance, truth)), f"grammar {seed}")
    return Case(marked, truth, world(book))


# Figures


def _figures(chance: random.Random, quarter: Quarter) -> tuple[Register, Observations]:
    indicators, targets, observed = [], [], []
    rated = chance.sample(_RATED, 5)
    for place, (title, alias, unit, polarity) in enumerate(rated, start=1):
        code = f"R{place}"
        decimals = chance.choice((0, 1))
        indicators.append(
            Indicator(
                code, title, _SECTIONS[place % 3], place % 3 + 1, place, Kind.CONTRACT, polarity, unit, decimals,
                "cases done", "cases due", 100 if unit == "%" else 1, Basis.IN_QUARTER, aliases=(alias,), row=place,
            )
        )  # fmt: skip
        low, high = (20, 30) if polarity is Polarity.LOWER else (70, 85)
        target, tolerance = (low, high) if polarity is Polarity.LOWER else (high, low)
        targets.append(Target(code, None, None, *bands(target, tolerance, polarity), row=place))
        middle = 25 if polarity is Polarity.LOWER else 78
        for back in range(7):
            due = chance.randrange(60, 900)
            share = max(1, min(99, chance.gauss(middle, 7)))
            observed.append(Observation(code, quarter.shift(-back), int(due * share / 100) or 1, due, None))
        if unit == "days":
            observed = [one if one.code != code else _mean(one, chance) for one in observed]
    for place, (title, alias) in enumerate(chance.sample(_COUNTED, 3), start=1):
        code, size = f"T{place}", chance.choice((30, 400, 5000))
        indicators.append(
            Indicator(
                code, title, "Context", 9, place, Kind.CONTEXT, Polarity.NONE, "count", 0, aliases=(alias,),
                basis=Basis.IN_QUARTER, row=len(rated) + place,
            )
        )  # fmt: skip
        observed += [
            Observation(code, quarter.shift(-back), None, None, chance.randrange(size, 2 * size)) for back in range(7)
        ]
    return Register(indicators, targets), Observations(observed)


def _mean(one: Observation, chance: random.Random) -> Observation:
    due = int(one.denominator or 1)
    return one._replace(numerator=int(due * Fraction(chance.randrange(180, 340), 10)), denominator=due)


# Sentences


def _paragraphs(chance: random.Random, truth: Truth) -> Iterator[str]:
    results = truth.results(truth.now)
    yield chance.choice(("Report for {}", "{}: what the figures say", "Summary, {}")).format(
        f"[[{{label|{chance.choice((truth.now.label, truth.now.title))}}}]]"
    )
    yield " ".join(_overview(results.contract))
    for one in results.contract:
        makers = chance.sample(_RATED_SENTENCES, 3)
        yield " ".join(filter(None, (make(one, chance) for make in makers)))
    for figure in results.context:
        code = figure.indicator.code
        makers_of = chance.sample(_COUNTED_SENTENCES, 2)
        values = {at: truth.series(f"v{at}".partition("@")[0], code, truth.now.shift(-back)) for at, back in _BACK}
        yield " ".join(filter(None, (make(figure.indicator, values, chance) for make in makers_of)))


_BACK = (("", 0), ("@q", 1), ("@y", 4))


def _overview(results: object) -> Iterator[str]:
    assert isinstance(results, list | tuple)
    on, inside, outside = (
        sum(one.status is status for one in results) for status in (Status.ON, Status.INSIDE, Status.OUTSIDE)
    )
    yield f"[[{{c on|{on}}} of our {{c all|{len(results)}}} indicators {'is' if on == 1 else 'are'} on target]]."
    yield f"[[A further {{c inside|{inside}}} {'is' if inside == 1 else 'are'} inside tolerance]] and"
    yield f"[[{{c outside|{outside}}} {'is' if outside == 1 else 'are'} outside tolerance]]."


def _named(indicator: Indicator, chance: random.Random, *, start: bool = True) -> str:
    name = chance.choice((indicator.title, *indicator.aliases))
    name = name[:1].upper() + name[1:] if start else name[:1].lower() + name[1:]
    return f"{{{indicator.code}|{name}}}"


def _shown(value: Fraction, unit: str, decimals: int, chance: random.Random) -> str:
    number = f"{rounded(abs(value), decimals):,.{decimals}f}"
    if unit == "%":
        return number + chance.choice(("%", "%", " per cent"))
    if unit == "pp":
        return number + (" percentage point" if number.rstrip("0").rstrip(".") == "1" else " percentage points")
    if unit == "days":
        return number + (" day" if number == "1" else " days")
    return number


def _way(change: Fraction, *, noun: bool, chance: random.Random) -> str:
    up = ("a {up|rise}", "an {up|increase}") if noun else ("rose", "went up", "climbed")
    down = ("a {down|fall}", "a {down|reduction}") if noun else ("fell", "went down", "dropped")
    way = chance.choice(up if change > 0 else down)
    return way if noun else f"{{{'up' if change > 0 else 'down'}|{way}}}"


def _level(one: Result, chance: random.Random) -> str:
    figure = one.outturn
    assert figure is not None
    said = _shown(figure, one.indicator.unit, one.indicator.decimals, chance)
    name = _named(one.indicator, chance)
    return chance.choice(
        (
            f"[[{name} came to {{v|{said}}}]].",
            f"[[{name}: {{v|{said}}}]].",
            f"[[{name} stood at {{v|{said}}} at quarter end]].",
        )
    )


def _moved(one: Result, chance: random.Random) -> str:
    now, before = one.outturn, one.previous
    assert now is not None
    assert before is not None
    decimals = one.indicator.decimals
    if now == before or rounded(abs(now - before), decimals) == 0:
        return ""
    unit = "pp" if one.indicator.is_percentage else "days"
    said = _shown(now - before, unit, decimals, chance)
    way = _way(now - before, noun=False, chance=chance)
    return f"[[{_named(one.indicator, chance)} {way} by {{d|{said}}} compared with {{q|the previous quarter}}]]."


def _from_to(one: Result, chance: random.Random) -> str:
    now, before = one.outturn, one.year_ago
    assert now is not None
    assert before is not None
    shown = [_shown(value, one.indicator.unit, one.indicator.decimals, chance) for value in (before, now)]
    if shown[0] == shown[1] or now == before:
        return ""
    way = _way(now - before, noun=False, chance=chance)
    name = _named(one.indicator, chance, start=False)
    return f"[[Over {{y|the last year}} {name} {way} from {{v@y|{shown[0]}}} to {{v|{shown[1]}}}]]."


def _standing(one: Result, chance: random.Random) -> str:
    words = {
        Status.ON: "on|on target",
        Status.INSIDE: "inside|inside tolerance",
        Status.OUTSIDE: "outside|outside tolerance",
    }
    target = one.target.on.low if one.target and one.target.on and one.target.on.low is not None else None
    if target is None:
        target = one.target.on.high if one.target and one.target.on else None
    assert target is not None
    level = plain(Decimal(target)) + ("%" if one.indicator.unit == "%" else " days")
    name, verb = _named(one.indicator, chance, start=False), chance.choice(("is", "are"))
    return f"[[With a target of {{t|{level}}}, {name} {verb} {{{words[one.status]}}}]]."


def _counts(one: Result, chance: random.Random) -> str:
    if one.indicator.unit != "%" or one.observation is None:
        return ""
    n, m = (f"{int(number or 0):,}" for number in (one.observation.numerator, one.observation.denominator))
    return f"[[{_named(one.indicator, chance)}: {{n|{n}}} out of {{m|{m}}}]]."


def _better(one: Result, chance: random.Random) -> str:
    now, before = one.outturn, one.previous
    assert now is not None
    assert before is not None
    if now == before:
        return ""
    better = (now - before) * one.indicator.polarity.sign > 0
    word = "{better|improved}" if better else "{worse|worsened}"
    return f"[[{_named(one.indicator, chance)} {word} since {{q|last quarter}}]]."


def _run(one: Result, chance: random.Random) -> str:
    ordinals = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh")
    if one.status is not Status.OUTSIDE or one.streak.quarters < 2:
        return ""
    name, nth = _named(one.indicator, chance), ordinals[one.streak.quarters]
    return f"[[{name} is {{outside|outside tolerance}} for the {{streak|{nth}}} quarter in a row]]."


_RATED_SENTENCES: tuple[Callable[[Result, random.Random], str], ...] = (
    _level, _moved, _from_to, _standing, _counts, _better, _run,
)  # fmt: skip


def _count(indicator: Indicator, values: dict[str, Fraction | None], chance: random.Random) -> str:
    now, before = values[""], values["@q"]
    assert now is not None
    assert before is not None
    said, then = (_shown(value, "", 0, chance) for value in (now, before))
    return f"[[{_named(indicator, chance)} came to {{v|{said}}} (last quarter: {{q|}}{{v@q|{then}}})]]."


def _percent(indicator: Indicator, values: dict[str, Fraction | None], chance: random.Random) -> str:
    base = chance.choice("qy")
    now, before = values[""], values[f"@{base}"]
    assert now is not None
    assert before is not None
    change = (now - before) * 100 / before
    decimals = chance.choice((0, 1))
    if rounded(abs(change), decimals) == 0:
        return ""
    words = {"q": "the previous quarter", "y": "the same quarter last year"}[base]
    said = _shown(change, "%", decimals, chance)
    way = _way(change, noun=False, chance=chance)
    return f"[[{_named(indicator, chance)} {way} by {{p|{said}}} against {{{base}|{words}}}]]."


def _difference(indicator: Indicator, values: dict[str, Fraction | None], chance: random.Random) -> str:
    now, before = values[""], values["@y"]
    assert now is not None
    assert before is not None
    if now == before:
        return ""
    way = _way(now - before, noun=True, chance=chance)
    said, name = _shown(now - before, "", 0, chance), _named(indicator, chance, start=False)
    return f"[[There was {way} of {{d|{said}}} in {name} on {{y|a year ago}}]]."


_COUNTED_SENTENCES: tuple[Callable[[Indicator, dict[str, Fraction | None], random.Random], str], ...] = (
    _count, _percent, _difference,
)  # fmt: skip
