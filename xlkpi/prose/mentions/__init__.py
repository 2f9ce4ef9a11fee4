"""Everything that a draft mentions, found in one pass a kind; the longest match wins where two overlap."""

from xlkpi.prose.mentions.kinds import (
    SPANS,
    Direction,
    Form,
    How,
    Level,
    Link,
    Number,
    Pair,
    PeriodMention,
    Role,
    StatusPhrase,
    Subject,
    Unit,
    Way,
    When,
)

__all__ = [
    "SPANS",
    "Direction",
    "Form",
    "How",
    "Level",
    "Link",
    "Number",
    "Pair",
    "PeriodMention",
    "Role",
    "StatusPhrase",
    "Subject",
    "Unit",
    "Way",
    "When",
]
