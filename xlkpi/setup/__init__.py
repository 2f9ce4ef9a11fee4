"""Putting xlkpi into Excel on a person's machine, taking it away again, and finding out why it does not work there.

Everything here is the standard library alone: it runs before anything is installed.
"""
