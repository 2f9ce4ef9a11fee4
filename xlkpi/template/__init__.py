"""The workbook itself: every sheet, drawn by code, the same bytes every time."""

from xlkpi.template.builder import build
from xlkpi.template.content import Content, Worked
from xlkpi.template.fill import content_of
from xlkpi.template.macros import build_addin
from xlkpi.template.putback import PutBack, open_to_excel, put_back

__all__ = ["Content", "PutBack", "Worked", "build", "build_addin", "content_of", "open_to_excel", "put_back"]
