"""Formulas in Excel's spelling and in LibreOffice's."""

from __future__ import annotations

import re

_TEXT = r'"(?:[^"]|"")*"'
_BRACKETS = r"\[(?:[^\[\]]|\[[^\]]*\])*\]"
_CALC = re.compile(
    rf"({_TEXT})|\$?('(?:[^']|'')+')\.|\$?([A-Za-z_]\w*)\.(?=\$?[A-Z]{{1,3}}(?:\$?\d|:))|({_BRACKETS})|(;)"
)
_EXCEL = re.compile(rf"({_TEXT}|#REF!)|('(?:[^']|'')+')!|([A-Za-z_]\w*)!|({_BRACKETS})|(,)|_xlfn\.")


def to_excel(formula: str) -> str:
    """Return a formula of LibreOffice as Excel spells it."""

    def spelled(found: re.Match[str]) -> str:
        text, quoted, sheet, brackets, comma = found.groups()
        if text:
            return text
        if brackets:
            return brackets.replace("];[", "],[")
        return "," if comma else f"{quoted or sheet}!"

    return _CALC.sub(spelled, formula)


def to_calc(formula: str) -> str:
    """Return a formula of Excel as LibreOffice spells it."""

    def spelled(found: re.Match[str]) -> str:
        text, quoted, sheet, brackets, comma = found.groups()
        if text:
            return text
        if brackets:
            return brackets.replace("],[", "];[")
        if comma:
            return ";"
        return f"${quoted or sheet}." if quoted or sheet else ""

    return _EXCEL.sub(spelled, formula)
