"""What a commissioner gets: one report, told once, and written as a workbook, a Word file, a page and plain data."""
