"""Small numbers: which figures of a release are withheld, why, and the proof that nobody can work them out.

Source of the rules: Department for Education, characteristics of children in need, "Confidentiality" (counts of 1 to 5 are
withheld, 0 is a true zero); Government Analysis Function, shorthand for withheld figures.
"""
