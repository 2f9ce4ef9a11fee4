"""The parts of a closed workbook: read, spliced in place and saved without loss."""
