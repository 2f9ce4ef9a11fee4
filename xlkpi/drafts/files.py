"""One door for every kind of file: looks at its name and size, reads it once, and says in one sentence what is wrong."""

from __future__ import annotations

from pathlib import Path

from xlkpi.drafts.plain import read_plain
from xlkpi.errors import FileUnusable
from xlkpi.prose.draft import Draft

WORD, PDF = ".docx", ".pdf"
PLAIN = (".txt", ".md")
#: How the name of a draft may end.
SUFFIXES = (WORD, *PLAIN, PDF)
LARGEST = 20 * 1024**2
_OLD_WORD = {".doc", ".dot", ".rtf", ".odt", ".docm", ".dotx", ".pages"}
_BOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb"}


def read(path: Path) -> Draft:
    r"""Return the text of a draft.

    A text file comes as it is, with ``\n`` for every line break. Of a Word document come the body with its tables and the
    numbers of its lists, text boxes after the paragraph they stand in, and footnotes at the end; headers, footers,
    comments, hidden text and deleted text do not. Of a PDF come its lines, joined where they were only wrapped.

    Args:
        path: A file that ends in one of ``SUFFIXES``.

    Raises:
        FileUnusable: Where it is missing, too large, protected, damaged, empty or something else; the message says which.
    """
    content = contents(path)
    suffix = path.suffix.casefold()
    if suffix == WORD:
        from xlkpi.drafts.word import read_word  # noqa: PLC0415  # whoever checks a text file need not wait for it

        text = read_word(path.name, content).text
    elif suffix == PDF:
        from xlkpi.drafts.pdf import read_pdf  # noqa: PLC0415  # likewise

        text = read_pdf(path.name, content)
    else:
        text = read_plain(path.name, content)
    if not text.strip():
        raise FileUnusable(f"{path.name} holds no words. Choose the draft, or save it again if it should hold some.")
    return Draft(text, path.name)


def contents(path: Path) -> bytes:
    """Return the bytes of a draft.

    Raises:
        FileUnusable: Where the file cannot be a draft, or cannot be read.
    """
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        raise FileUnusable(f"{path} {_ending(suffix)} {_cure(suffix)}")
    try:
        if path.is_dir():
            raise FileUnusable(f"{path} is a folder. Name the draft itself.")
        if path.exists() and not path.is_file():
            raise FileUnusable(f"{path} is not a file. Name the draft itself.")
        size = path.stat().st_size
        if size > LARGEST:
            megabytes = LARGEST // 1024**2
            what = f"{path.name} has {size / 1024**2:.0f} MB, more than the {megabytes} MB that a draft may have."
            raise FileUnusable(f"{what} Take out its pictures, or save its words as .txt.")
        if not size:
            raise FileUnusable(f"{path.name} is empty. Choose the draft, or save it again.")
        return path.read_bytes()
    except FileNotFoundError:
        raise FileUnusable(f"{path} is not there. Correct the name, or the folder.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FileUnusable(
            f"{path} could not be read: {why}. Close it elsewhere, or copy it to another folder."
        ) from error


def _ending(suffix: str) -> str:
    allowed = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
    return f"ends in {suffix}, not in {allowed}." if suffix else f"does not end in {allowed}."


def _cure(suffix: str) -> str:
    if suffix in _BOOKS:
        return "Name the draft first and the workbook after --workbook."
    if suffix in _OLD_WORD:
        return "Save it as a Word document (.docx)."
    return "Save the draft in one of these forms."
