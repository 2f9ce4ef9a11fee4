"""Figures and directions of a draft: what each is about, by which reading it is right, and what the workbook has instead."""
