"""Contracts of a few measures, written out, and what the narrative says of them."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.calculate.results import calculate
from xlkpi.model.number import Number, exact
from xlkpi.model.observation import Audit, Inspection, Observation, Observations
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Indicator, Kind, Polarity, Register, Target, bands
from xlkpi.narrative.paragraphs import Paragraph, Told, write
from xlkpi.narrative.phrases import default_phrases
from xlkpi.narrative.render import Renderer

NOW = Quarter(2018, 2)
BEFORE, YEAR_AGO = NOW.previous, NOW.year_ago
#: A figure: one number, or a count and what it is a count of; None where nothing was returned.
Figure = float | tuple[int, int] | None


class Few:
    """A contract that grows measure by measure."""

    def __init__(self, quarter: Quarter = NOW) -> None:
        self.quarter = quarter
        self.indicators: list[Indicator] = []
        self.targets: list[Target] = []
        self.returned: list[Observation] = []
        self.audits: list[Audit] = []
        self.inspections: list[Inspection] = []

    def measure(
        self,
        code: str,
        levels: tuple[Number | Band, Number | Band | None] | None,
        figures: Sequence[Figure],
        **row: object,
    ) -> Few:
        """Add a contract measure with its figures: of this quarter, of last quarter, of the same quarter last year."""
        self._add(code, Kind.CONTRACT, figures, row)
        one = self.indicators[-1]
        if levels is not None:
            self.targets.append(Target(code, None, None, *bands(*levels, one.polarity), row=len(self.targets) + 1))
        return self

    def context(self, code: str, figures: Sequence[Figure], **row: object) -> Few:
        """Add a context figure likewise."""
        self._add(code, Kind.CONTEXT, figures, {"polarity": Polarity.NONE, "unit": "count", **row})
        return self

    def _add(self, code: str, kind: Kind, figures: Sequence[Figure], row: dict[str, object]) -> None:
        fields: dict[str, object] = {"polarity": Polarity.HIGHER, "unit": "%", "decimals": 0, **row}
        fields.setdefault("title", f"Title of {code}")
        fields.setdefault("list_order", len(self.indicators) + 1)
        fields.setdefault("multiplier", 100 if fields["unit"] == "%" else 1)
        is_counted = any(isinstance(one, tuple) for one in figures) and kind is Kind.CONTRACT
        labels = {"numerator_label": "cases in time", "denominator_label": "cases due"} if is_counted else {}
        self.indicators.append(
            Indicator(code=code, section="Front door", section_order=1, kind=kind, **{**labels, **fields})  # type: ignore[arg-type]
        )
        for at, figure in zip((self.quarter, self.quarter.previous, self.quarter.year_ago), figures, strict=False):
            self.figure(code, at, figure)

    def figure(self, code: str, at: Quarter, figure: Figure) -> Few:
        """Add one more figure."""
        if isinstance(figure, tuple):
            self.returned.append(Observation(code, at, *figure, None))
        elif figure is not None:
            self.returned.append(Observation(code, at, None, None, exact(figure)))
        return self

    def inspected(self, date: str, subject: str, kind: str, judgement: str, grade: str) -> Few:
        """Add an inspection; one without a grade is expected."""
        self.inspections.append(
            Inspection(date, subject, kind, judgement, grade, "", "published" if grade else "anticipated")
        )
        return self

    def told(self) -> Told:
        register, observations = Register(self.indicators, self.targets), Observations(self.returned)
        results = calculate(register, observations, self.quarter)
        return Told("Ours", register, results, observations, [], self.audits, self.inspections)

    def paragraphs(self) -> dict[str, Paragraph]:
        """Return the paragraphs by key."""
        return {one.key: one for one in write(self.told(), default_phrases(), Renderer()).paragraphs}

    def says(self) -> dict[str, str]:
        """Return what is said, by the key of the paragraph."""
        return {key: one.text for key, one in self.paragraphs().items()}
