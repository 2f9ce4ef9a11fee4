"""What a workbook carries beside what one sees: traces that must not reach a commissioner, found part by part.

The finished file is opened again and read as it stands; no writer is trusted. Source of the list: the rules of the
commissioner copy, the Information Commissioner's Office on disclosing information safely (removing personal data from
documents), and the parts that the Open XML format has.
"""
