"""A draft of which hardly anything was understood: one in another language, or one that the workbook knows nothing of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlkpi.prose.claim import Finding, Severity, Verdict
from xlkpi.prose.findings.look import Look, Rule

RULE = Rule("hardly anything understood", Severity.HIGH)

#: Words of which every English text is full, and that no neighbouring language has.
_ENGLISH = frozenset((
    "the", "and", "to", "from", "with", "were", "are", "for", "at", "by", "than", "that", "this", "has", "have", "which",
))  # fmt: skip
#: Words of which German, Dutch, French, Italian, Spanish, Portuguese, Welsh and Polish texts are full, and no English one.
_OTHER = frozenset((
    "der", "die", "das", "und", "von", "mit", "den", "zum", "het", "een", "van", "voor", "le", "la", "les", "des", "du", "et",
    "une", "dans", "il", "di", "che", "della", "per", "el", "los", "las", "de", "en", "por", "da", "do", "os", "com", "yn", "y",
    "yr", "oedd", "ar", "ac", "i", "w", "na", "nie", "z",
))  # fmt: skip
_WORD, _FIGURE = re.compile(r"[^\W\d_]+"), re.compile(r"(?<![\w.,])[0-9](?:[0-9.,]*[0-9])?")
_FEWEST_WORDS, _FEWEST_OTHER, _FEWEST_FIGURES = 30, 15, 12
_LEAST_ENGLISH, _LEAST_OTHER = 0.04, 0.08
_FOURTH, _TENTH = 4, 10


def find(look: Look) -> Iterator[Finding]:
    """Yield that next to nothing of a draft could be held against the figures, and why that may be."""
    flat = look.scene.flat
    words = [one.casefold() for one in _WORD.findall(flat)]
    figures = sum(1 for _ in _FIGURE.finditer(flat))
    held = sum(one.verdict is not Verdict.NOT_CHECKABLE for one in look.claims)
    is_english = _share(words, _ENGLISH) >= _LEAST_ENGLISH
    is_other = len(words) >= _FEWEST_OTHER and not is_english and _share(words, _OTHER) >= _LEAST_OTHER
    is_odd = len(words) >= _FEWEST_WORDS and not is_english and held * _FOURTH <= figures
    counted = f"of the {figures} figures in this draft" if figures else "of this draft"
    what = f"Hardly anything was understood: {counted} {held or 'none'} could be held against the workbook"
    if is_other:
        what = (
            "This draft is not in English, and drafts are read in English: what is said of it here cannot be relied on."
        )
        yield look.finding(RULE, None, what, "Check it by hand, or check a translation.")
    elif is_odd:
        cure = "Drafts are read in English, as text. Check this one by hand, or save it again."
        yield look.finding(RULE, None, f"{what}, and few of the words are English.", cure)
    elif figures >= _FEWEST_FIGURES and is_english and held * _TENTH < figures:
        cure = "Make sure that draft and workbook belong together, and that the register has the names of the draft (Aliases)."
        yield look.finding(RULE, None, f"{what}.", cure)


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(one in known for one in words) / max(1, len(words))
