"""Where Excel is: the layout of the workbook, its back ends, and the way from cells to values."""
