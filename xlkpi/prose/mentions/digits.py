"""How many digits of a number tell: the more, the less likely it stands somewhere else by chance."""

from __future__ import annotations

from xlkpi.model.number import rounded
from xlkpi.prose.mentions.kinds import Form, Number

#: Digits that hardly stand somewhere else by chance.
TELLING = 3


def digits_of(number: Number) -> int:
    """Return how many digits of a number tell: those of ``3,210`` are three, of ``7%`` one."""
    if number.form is not Form.CARDINAL or number.about:
        return 0
    text = str(abs(rounded(number.value, number.decimals))).replace(".", "").lstrip("0")
    return len(text) if number.decimals else len(text.rstrip("0"))
