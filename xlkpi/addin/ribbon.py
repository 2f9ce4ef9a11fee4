"""The ribbon tab "xlkpi", made from the table of commands: one button each, with its icon, its key and its help."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from xlkpi.addin.modules import LOADED, VISIBLE
from xlkpi.catalogue import COMMANDS, Command

#: Excel 2007 reads the first, every later one the second; the names of parts and the relationships that lead there.
PARTS: Mapping[str, tuple[str, str]] = {
    "customUI/customUI.xml": (
        "http://schemas.microsoft.com/office/2006/01/customui",
        "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    ),
    "customUI/customUI14.xml": (
        "http://schemas.microsoft.com/office/2009/07/customui",
        "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
    ),
}
_TAB, _GROUP = "xlkpi", "Contract performance"
_TAB_KEY = "K"


def ribbon(namespace: str, *, in_workbook: bool) -> str:
    """Return the markup of the tab.

    Args:
        namespace: Which version of the markup it is.
        in_workbook: Whether it is a workbook's: hidden while the add-in shows the same, and asked for the help of functions.
    """
    loaded = f" onLoad={quoteattr(LOADED)}" if in_workbook else ""
    visible = f" getVisible={quoteattr(VISIBLE)}" if in_workbook else ""
    buttons = "".join(_button(one) for one in COMMANDS if one.has_button)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<customUI xmlns={quoteattr(namespace)}{loaded}>\n  <ribbon>\n    <tabs>\n"
        f'      <tab id="xlkpiTab" label={quoteattr(_TAB)} keytip={quoteattr(_TAB_KEY)}{visible}>\n'
        f'        <group id="xlkpiGroup" label={quoteattr(_GROUP)}>\n{buttons}        </group>\n'
        "      </tab>\n    </tabs>\n  </ribbon>\n</customUI>\n"
    )


def _button(one: Command) -> str:
    given = {
        "id": f"xlkpiButton{one.macro}",
        "label": one.label,
        "size": "large",
        "imageMso": one.image,
        "keytip": one.keytip,
        "screentip": one.label,
        "supertip": one.sentence,
        "onAction": one.callback,
    }
    return "          <button " + " ".join(f"{name}={quoteattr(text)}" for name, text in given.items()) + "/>\n"
