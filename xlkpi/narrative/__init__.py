"""The report's words, written from the figures: phrases are data, every number in them comes from a result.

Paragraphs have a number, a text, and the figures that the text prints. What an analyst wrote instead is kept.
"""
