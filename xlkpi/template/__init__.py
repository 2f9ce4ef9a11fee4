"""The workbook itself: every sheet, drawn by code, the same bytes every time."""

from xlkpi.template.builder import build
from xlkpi.template.content import Content, Worked
from xlkpi.template.fill import content_of

__all__ = ["Content", "Worked", "build", "content_of"]
