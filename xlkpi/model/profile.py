"""For whom a report is published."""

from __future__ import annotations

from enum import Enum


class Profile(Enum):
    """For whom a report is: the commissioner sees every figure under an agreement; the public sees no small number."""

    COMMISSIONER = "commissioner"
    PUBLIC = "public"
