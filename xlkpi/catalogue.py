"""The commands, once: the command line, the ribbon, the buttons on Start, the macros and the README all read this table.

A new command gets its button by a line here and a function of the same name in :mod:`xlkpi.commands`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command, with the words and signs under which people meet it.

    Attributes:
        name: On the command line.
        label: On its button.
        help: What it does; a sentence without capital and full stop.
        image: Name of an Office icon (imageMso); empty where it has no button.
        keytip: The key that presses its button after Alt and the tab's key.
        on_start: Whether it has a button on the first sheet, too.
    """

    name: str
    label: str
    help: str
    image: str = ""
    keytip: str = ""
    on_start: bool = False

    @property
    def function(self) -> str:
        """Return the name of its function in ``commands``."""
        return self.name.replace("-", "_")

    @property
    def has_button(self) -> bool:
        """Return whether it works on the open workbook and so has a button."""
        return bool(self.image)

    @property
    def macro(self) -> str:
        """Return the name of its macro.

        Examples:
            >>> command("undo-refresh").macro
            'XlkpiUndoRefresh'
        """
        return "Xlkpi" + self.name.title().replace("-", "")

    @property
    def callback(self) -> str:
        """Return the name of what its ribbon button calls."""
        return self.macro.replace("Xlkpi", "XlkpiRibbon", 1)

    @property
    def sentence(self) -> str:
        """Return its help as a sentence."""
        return f"{self.help[:1].upper()}{self.help[1:]}."


COMMANDS = (
    Command("demo", "Demo", "put the worked example into a folder, refresh it and show what it says"),
    Command("new", "New", "make a new workbook, blank or from a folder of CSV files"),
    Command("refresh", "Refresh", "work out every output of a workbook anew", "RefreshAll", "R", on_start=True),
    Command(
        "check", "Check", "say what is wrong with a workbook, and change nothing", "ErrorChecking", "C", on_start=True
    ),
    Command(
        "new-quarter",
        "New quarter",
        "add the next quarter's input sheet and roll the oldest into the history",
        "CalendarInsert",
        "N",
        on_start=True,
    ),
    Command(
        "undo-refresh",
        "Undo refresh",
        "put a workbook back as it was before the last refresh",
        "Undo",
        "U",
        on_start=True,
    ),
    Command(
        "explain",
        "Explain",
        "say how a figure came about, from the typed cells to its status",
        "TracePrecedents",
        "E",
    ),
    Command(
        "publish",
        "Publish",
        "write the pack for the commissioner or the public, proved clean",
        "FileSaveAsPdfOrXps",
        "P",
        on_start=True,
    ),
    Command("verify-pack", "Verify pack", "say whether a pack is as it was published"),
    Command("inspect", "Inspect", "find what a workbook carries beside what one sees, such as hidden sheets and names"),
    Command(
        "verify",
        "Verify narrative",
        "check a draft of the report against the figures, claim by claim",
        "Spelling",
        "V",
    ),
    Command("about", "About", "say which version this is, where its log is and whether Excel can use it", "Help", "A"),
    Command("doctor", "Doctor", "find out why the buttons in Excel do not work on this machine"),
    Command("build", "Build", "rebuild the workbooks that the project ships"),
)


def command(name: str) -> Command:
    """Return a command by its name.

    Raises:
        KeyError: Where there is none.
    """
    for one in COMMANDS:
        if one.name == name:
            return one
    raise KeyError(name)
