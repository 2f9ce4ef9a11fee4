"""Excel for Mac as Apple events show it, with LibreOffice behind: xlwings' own code for the Mac runs on it, and so does ours.

It stands for the packages appscript, aem and osax, which only a Mac has. A word that Excel's own dictionary does not hold
(xlwings carries a copy) is refused, as there. Whether Excel answers each word as it is answered here, only a Mac can show.
"""

from __future__ import annotations

import functools
import struct
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from live.engine import books
from live.engine.places import PLACES, CommandError, Every, Kind, Word

#: How often each question and each command was sent, such as ``get worksheets.name``.
EVENTS: Counter[str] = Counter()


class Reference:
    """A place in Excel, as far as it is spelled out; nothing is asked before a command comes."""

    def __init__(self, *steps: Any) -> None:
        self._steps = steps

    def __getattr__(self, name: str) -> Reference:
        if name.startswith("_") or name not in _dictionary():
            raise AttributeError(f"Unknown property, element or command: {name!r}")
        return Reference(*self._steps, name)

    def __getitem__(self, key: Any) -> Reference:
        return Reference(*self._steps, (key,))

    def __call__(self, *given: Any, **named: Any) -> Any:
        *steps, last = self._steps
        command = _COMMANDS.get(last)
        words = [one for one in self._steps if isinstance(one, str)]
        if command is None:  # a property in brackets is asked for
            EVENTS[f"get {'.'.join(words)}"] += 1
            return _told(self, _found(self._steps))
        unknown = named.keys() - {*_dictionary()[last], "timeout"}
        if unknown:
            raise TypeError(f"Unknown keyword of {last}: {unknown}")
        EVENTS[f"{last} {'.'.join(words[:-1])}"] += 1
        return command(Reference(*steps), *given, **named)

    @property
    def AS_appdata(self) -> Any:  # noqa: N802  # as appscript spells it
        """What leads to the number of the process."""
        number = SimpleNamespace(data=struct.pack("i", books.running().pid))
        return SimpleNamespace(target=lambda: SimpleNamespace(addressdesc=SimpleNamespace(coerce=lambda _: number)))


@functools.cache
def _dictionary() -> dict[str, set[str]]:
    """Return the words for properties, elements and commands, with the keywords of the last."""
    from xlwings import mac_dict  # noqa: PLC0415  # a large table

    words: dict[str, set[str]] = {name: set() for name, _ in (*mac_dict.properties, *mac_dict.elements)}
    standard = {"make": {"at", "new", "with_properties"}, "count": {"each"}, "close": {"saving"}}
    standard |= {name: set() for name in ("get", "set", "delete")}
    own = {name: {keyword for keyword, _ in keywords} for name, _, keywords in mac_dict.commands}
    return words | own | {name: own.get(name, set()) | keywords for name, keywords in standard.items()}


# Where a reference leads


def _found(steps: tuple[Any, ...]) -> Any:
    here: Any = books.running()
    for step in steps:
        here = _pick(here, step[0]) if isinstance(step, tuple) else _step(here, step)
    return here


def _step(here: Any, name: str) -> Any:
    here = here.all() if isinstance(here, Kind) else here
    if isinstance(here, Every):
        return Every(_step(one, name) for one in here)
    return PLACES[type(here).__name__][name](here)


def _pick(every: Any, key: Any) -> Any:
    if isinstance(every, Kind):
        return every.one(key)
    if callable(every):
        return every(key)
    if isinstance(key, int):
        if not 0 < key <= len(every):
            raise CommandError(f"there is no {key}")
        return every[key - 1]
    for one in every:
        if one.name.casefold() == str(key).casefold():
            return one
    raise CommandError(f"there is no {key!r}")


def _told(asked: Reference, found: Any) -> Any:
    """Return what Excel answers: values as they are, objects as references."""
    found = found.all() if isinstance(found, Kind) else found
    if isinstance(found, Every):
        plain = all(isinstance(one, (str, float, int, bool, list)) for one in found)
        return list(found) if plain else [asked[number] for number in range(1, len(found) + 1)]
    return asked if type(found).__name__ in PLACES else found


# What commands do


def _set(place: Reference, value: Any) -> None:
    *steps, name = place._steps
    owner = _found(tuple(steps))
    if type(owner).__name__ == "Range":
        name = {"value": "raw_value"}.get(name, name)
    if name == "references":
        name = "refers_to"
    setattr(owner, name, str(value).removeprefix("calculation_") if name == "calculation" else value)


def _exists(place: Reference) -> bool:
    try:
        _found(place._steps)
    except (CommandError, IndexError, KeyError):
        return False
    return True


def _count(place: Reference, each: Word) -> int:
    found = _found(place._steps)
    if each in {"row", "column"}:
        return int(found.shape[each == "column"])
    return len(_step(found, f"{each}s").all())


def _make(_place: Reference, *, at: Reference, new: Word, with_properties: dict[Word, Any]) -> None:
    found, given = _found(at._steps), {str(name): one for name, one in with_properties.items()}
    if new == "hyperlink":
        found.add_hyperlink(given["address"], given["text_to_display"], given["screen_tip"])
    else:
        assert new == "named_item", new
        found.names.add(given["name"], given["references"])


def _autofilter(place: Reference, field: int, criteria1: Any = None, operator: Word | None = None) -> None:
    table = _found(place._steps).table
    kept = [one for one in table.filters() if one[0] != field]
    if criteria1 is not None:
        first = tuple(criteria1) if isinstance(criteria1, list) else criteria1
        kept.append((field, first, "values" if operator == "filter_by_value" else None, None))
    table.filtered(kept)


def _unprotect(place: Reference, password: str) -> None:
    try:
        _found(place._steps).api.unprotect(password)
    except Exception as error:
        raise CommandError("Parameter error.") from error


def _macro(_place: Reference, name: str, *, arg1: str, arg2: str) -> None:
    if not books.running().run(name, (arg1, arg2)):
        raise CommandError("Parameter error.")


def _recount(place: Reference) -> None:
    pivot = _found(place._steps)
    books.running().engine.native.recount_pivots(pivot.book, {pivot.source()})


def _on(name: str, **words: str) -> Callable[..., Any]:
    """Return what calls a member of the engine; keywords become its arguments, references what they lead to."""

    def act(place: Reference, **named: Any) -> Any:
        def meant(one: Any) -> Any:
            if not isinstance(one, Reference):
                return words.get(one, one)
            found = _found(one._steps)
            return found if type(found).__name__ == "Sheet" else SimpleNamespace(impl=found)

        return getattr(_found(place._steps), name)(*(meant(one) for one in named.values()))

    return act


_COMMANDS: dict[str, Callable[..., Any]] = {
    "get": lambda place: _told(place, _found(place._steps)),
    "set": _set,
    "exists": _exists,
    "count": _count,
    "make": _make,
    "get_address": lambda place, **_: _found(place._steps).address,
    "open_workbook": lambda _place, workbook_file_name, **_: books.running().books.open(workbook_file_name),
    "close": lambda place, **_: _found(place._steps).close(),
    "calculate": _on("calculate"),
    "delete": _on("delete"),
    "activate_object": _on("activate"),
    "copy_worksheet": _on("copy"),
    "clear_range": _on("clear"),
    "clear_hyperlinks": _on("unlink"),
    "resize": _on("resize"),
    "autofill": _on("autofill"),
    "insert_into_range": _on("insert", shift_down="down"),
    "delete_range": _on("delete", shift_up="up"),
    "autofilter_range": _autofilter,
    "protect_worksheet": lambda place, **_: _found(place._steps).api.protect(""),
    "unprotect": _unprotect,
    "refresh_table": _recount,
    "run_VB_macro": _macro,
}
