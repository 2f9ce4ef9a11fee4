"""Drafts as text: whatever file the words of a report come in, and the way back from an offset to its place in that file."""

from xlkpi.drafts.files import SUFFIXES, read

__all__ = ["SUFFIXES", "read"]
