"""A draft's words against the figures: every claim of a text with its verdict, and what else a reader should mend.

Nothing here reads a file or knows where Excel is: a draft comes in as text, the figures as a world of facts.
"""
