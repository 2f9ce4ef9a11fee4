"""An open workbook, step by step: a picture of it, a plan tried on the picture, the changes made in Excel, the way back."""
