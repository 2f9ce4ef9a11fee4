"""The window that asks for a password, twice in one place, and says at once whether both are alike."""

from __future__ import annotations

import sys
import tkinter as tk
from contextlib import suppress
from tkinter import font, ttk

from xlkpi.writers import look

TITLE = "xlkpi – password"
_HEADING = "A password for the workbook and the Word file"
_ABOUT = (
    "Whoever is sent the pack needs it to open these two files. It is kept nowhere: note it down, and give it in another way "
    "than by the e-mail that carries the pack."
)
_FIRST, _AGAIN = "Password", "Once more"
_EMPTY, _DIFFERENT, _ALIKE = "Type it in both fields.", "The two are not the same.", "Both are the same."
_FIELD, _EDGE = 34, 20


def asked() -> str:
    """Return a password that was typed twice alike; empty where the window was closed.

    Raises:
        RuntimeError: Where there is no screen.
    """
    _sharpen()
    try:
        root = tk.Tk()
    except tk.TclError as error:
        raise RuntimeError(str(error)) from error
    try:
        window = _Window(root)
        root.mainloop()
        return window.password
    finally:
        with suppress(tk.TclError):  # closed already
            root.destroy()


def _sharpen() -> None:
    """Have Windows draw the window in the dots of the screen; else it is a blurred picture of a smaller one."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # there alone

        with suppress(Exception):  # an older Windows has no such call
            ctypes.windll.shcore.SetProcessDpiAwareness(1)


class _Window:
    """Two fields, what is to be said of them, and two buttons."""

    def __init__(self, root: tk.Tk) -> None:
        self.password = ""
        self._root = root
        self._first, self._again = tk.StringVar(root), tk.StringVar(root)
        root.withdraw()
        root.title(TITLE)
        root.resizable(width=False, height=False)
        root.configure(background=look.WHITE)
        self._set_style()
        frame = ttk.Frame(root, padding=_EDGE)
        frame.grid()
        heading = ttk.Label(frame, text=_HEADING, style="Heading.TLabel")
        heading.grid(columnspan=2, sticky="w")
        about = ttk.Label(frame, text=_ABOUT, style="Quiet.TLabel", wraplength=heading.winfo_reqwidth())
        about.grid(columnspan=2, sticky="w", pady=(6, 14))
        fields = [
            self._field(frame, row, text, typed)
            for row, (text, typed) in enumerate(((_FIRST, self._first), (_AGAIN, self._again)), 2)
        ]
        self._said = ttk.Label(frame, text=_EMPTY, style="Quiet.TLabel")
        self._said.grid(row=4, column=1, sticky="w", pady=(4, 0))
        buttons = ttk.Frame(frame)
        buttons.grid(columnspan=2, sticky="e", pady=(18, 0))
        self._use = ttk.Button(buttons, text="Publish with it", command=self._done, state="disabled")
        self._use.grid(row=0, column=0, padx=(0, 8))
        ttk.Button(buttons, text="Cancel", command=root.quit).grid(row=0, column=1)
        for typed in (self._first, self._again):
            typed.trace_add("write", self._look)
        root.bind("<Return>", lambda _event: self._done())
        root.bind("<Escape>", lambda _event: root.quit())
        root.protocol("WM_DELETE_WINDOW", root.quit)
        self._show(fields[0])

    def _set_style(self) -> None:
        plain = font.nametofont("TkDefaultFont", root=self._root)
        strong = plain.copy()
        strong.configure(size=plain.cget("size") + 3, weight="bold")
        style = ttk.Style(self._root)
        if sys.platform != "win32":
            style.theme_use("clam")  # the others look like 1990
        style.configure("TFrame", background=look.WHITE)
        style.configure("TLabel", background=look.WHITE, foreground=look.INK)
        style.configure("Heading.TLabel", font=strong, foreground=look.ACCENT)
        style.configure("Quiet.TLabel", foreground=look.GREY)
        style.configure("Fault.TLabel", foreground=look.FAULT)
        self._strong = strong  # tkinter forgets a font that nobody holds

    @staticmethod
    def _field(frame: ttk.Frame, row: int, text: str, typed: tk.StringVar) -> ttk.Entry:
        ttk.Label(frame, text=text).grid(row=row, column=0, sticky="w", padx=(0, 12), pady=3)
        field = ttk.Entry(frame, textvariable=typed, show="•", width=_FIELD)
        field.grid(row=row, column=1, sticky="ew", pady=3)
        return field

    def _show(self, field: ttk.Entry) -> None:
        """Show the window in the middle of the screen, before Excel, with the cursor in its first field."""
        root = self._root
        root.update_idletasks()
        x = (root.winfo_screenwidth() - root.winfo_reqwidth()) // 2
        y = (root.winfo_screenheight() - root.winfo_reqheight()) // 3
        root.geometry(f"+{x}+{y}")
        root.deiconify()
        root.attributes("-topmost", True)  # noqa: FBT003  # tkinter's way to say it; else Excel's window hides it
        root.lift()
        field.focus_force()

    @property
    def _is_alike(self) -> bool:
        return bool(self._first.get()) and self._first.get() == self._again.get()

    def _look(self, *_what: str) -> None:
        """Say how the two fields stand; as long as the second may still become the first, nothing is wrong."""
        first, again = self._first.get(), self._again.get()
        text, style = _EMPTY, "Quiet.TLabel"
        if self._is_alike:
            text = _ALIKE
        elif again and not first.startswith(again):
            text, style = _DIFFERENT, "Fault.TLabel"
        self._said.configure(text=text, style=style)
        self._use.configure(state="normal" if self._is_alike else "disabled")

    def _done(self) -> None:
        """Take the password where both are alike; Enter does nothing before."""
        if self._is_alike:
            self.password = self._first.get()
            self._root.quit()
        else:
            self._root.bell()
