"""The version of the program, in one place."""

VERSION = "0.1.0"
#: The one version of xlwings whose modules our macros carry; its library and scripts must be the same.
XLWINGS = "0.37.8"
