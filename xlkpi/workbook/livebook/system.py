"""Which Excel it is that is spoken to."""

from __future__ import annotations

import sys
from typing import Any

from xlkpi.workbook.livebook.mac import Mac
from xlkpi.workbook.livebook.native import Native
from xlkpi.workbook.livebook.windows import Windows


def native(app: Any) -> Native:
    """Return how to speak to an application; another engine than Excel's brings its own."""
    other = getattr(app.engine.impl, "native", None)
    if other is not None:
        return other  # type: ignore[no-any-return]
    return Mac() if sys.platform == "darwin" else Windows()
