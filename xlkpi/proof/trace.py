"""The kinds of traces, each with why it matters and how to be rid of it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """One kind of trace: its name, and the cure."""

    FORMULA = ("formula", "Send values only: a formula shows how a figure was made and can point anywhere.")
    MACRO = ("macro", "Save a copy as .xlsx, which cannot hold macros.")
    PIVOT = ("pivot cache", "Delete the pivot table: its cache holds every row it was made from, shown or not.")
    HIDDEN_SHEET = ("hidden sheet", "Show the sheet, look through it, and delete it.")
    HIDDEN_CELLS = ("hidden rows or columns", "Show them, look through them, and delete them.")
    UNSEEN_CELLS = ("cells that show nothing", "Change their number format to General, look at them, and delete them.")
    LINK = ("external link", "Break the link (Data, Edit Links), and keep the values.")
    CONNECTION = ("data connection", "Delete the query or connection (Data, Queries & Connections).")
    COMMENT = ("comment", "Delete the comment or note (Review, Delete).")
    CUSTOM_XML = ("custom XML", "Remove it with File, Info, Inspect Document.")
    PERSON = ("personal property", "Remove it with File, Info, Inspect Document.")
    NAME = ("defined name", "Delete the name (Formulas, Name Manager).")
    LIST = ("list in a data validation", "Clear the validation (Data, Data Validation, Clear All).")
    CHART = ("figures kept in a chart", "Draw the chart from cells of this workbook, or delete it.")
    OBJECT = ("embedded object", "Delete the object.")
    HISTORY = ("history of changes", "Stop sharing the workbook, and save a fresh copy.")
    PRINTER = ("printer settings", "Save a fresh copy: the settings name the printer and its server.")
    PATH = ("file path", "Take the path out of the header or footer, or save a fresh copy.")
    PICTURE = ("hidden details of a picture", "Save the picture without its details, and insert it again.")
    OTHER = ("unknown part", "Copy the values into a new workbook.")

    def __init__(self, title: str, cure: str) -> None:
        """Keep both under their names."""
        self.title = title
        self.cure = cure


class Trace(NamedTuple):
    """One trace.

    Attributes:
        kind: Of what sort it is.
        part: The part of the file that carries it.
        where: Where a person finds it: sheet and cells, or the part where there is no such place.
        what: One clause that says what is there.
    """

    kind: Kind
    part: str
    where: str
    what: str

    def __str__(self) -> str:
        """Return the trace as one line."""
        return f"{self.where}: {self.kind.title}: {self.what}. {self.kind.cure}"
