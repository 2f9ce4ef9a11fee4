"""Layouts of tables as people make them for quarterly reports, each with marks that say what its cells mean."""
