"""Writes VBA projects from text: what Excel keeps as ``xl/vbaProject.bin``, without Excel and the same bytes every time.

No compiled code is written. Excel compiles a project from its text where it finds none.
"""

from xlkpi.addin.vba.module import Kind, Module
from xlkpi.addin.vba.project import project

__all__ = ["Kind", "Module", "project"]
