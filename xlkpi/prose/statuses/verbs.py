"""Whether a verb says that a measure went the other way than it did: ``improved to red``, ``slipped to green``."""

from __future__ import annotations

import re

from xlkpi.calculate.status import Status
from xlkpi.model.register import Polarity

_RANK = {Status.OUTSIDE: 0, Status.INSIDE: 1, Status.ON: 2}
#: Verbs that say better or worse whatever is better; and those that say so only where higher is better.
_BETTER, _UP = r"improved|recovered", r"risen|rose|climbed|increased"
_WORSE, _DOWN = r"slipped|slid|worsened|deteriorated", r"fell|fallen|dropped|decreased"
_VERB = re.compile(
    rf"\b(?:(?P<better>{_BETTER})|(?P<up>{_UP})|(?P<worse>{_WORSE})|(?P<down>{_DOWN}))\b"
    r"(?:\s+(?:back|down|up|straight|just))?\s+(?:(?:in)?to\s+)?(?:being\s+)?(?:red|amber|green|outside|out\s+of|inside|within|on\s+target|off\s+target|(?:below|above|under|over)\s+(?:the\s+)?(?:target|tolerance))\b",
    re.IGNORECASE,
)


def is_turned_round(words: str, polarity: Polarity, before: Status, now: Status) -> bool:
    """Return whether the verb of a movement between statuses says the opposite of what it was.

    Args:
        words: Of the movement.
        polarity: Of the measure; of one that is better when lower, what rose may have become worse.
        before: Its status a quarter before.
        now: Its status.

    Examples:
        >>> is_turned_round("improved to red", Polarity.HIGHER, Status.INSIDE, Status.OUTSIDE)
        True
        >>> is_turned_round("slipped to red", Polarity.HIGHER, Status.INSIDE, Status.OUTSIDE)
        False
        >>> is_turned_round("rose to red", Polarity.LOWER, Status.INSIDE, Status.OUTSIDE)
        False
    """
    found = _VERB.search(words)
    if found is None or before not in _RANK or now not in _RANK:
        return False
    is_higher = polarity is Polarity.HIGHER
    is_better = bool(found["better"] or (is_higher and found["up"]))
    is_worse = bool(found["worse"] or (is_higher and found["down"]))
    return (is_better and _RANK[now] < _RANK[before]) or (is_worse and _RANK[now] > _RANK[before])
