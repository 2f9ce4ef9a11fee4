"""Stands for the Python that a macro starts: runs the code it is handed in the LibreOffice that the macro runs in.

    python -E -P -B child.py setup.json CODE --wb=NAME --from_xl=1

What it told the user is written to the file that the set-up names: a window would wait for somebody to close it.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path


def main() -> None:
    setup = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    code, sys.argv = sys.argv[2], ["-c", *sys.argv[3:]]
    sys.path[:] = setup["path"]
    os.environ.update(setup["environment"])
    from live.engine import has_uno  # noqa: PLC0415  # found by the path just set

    assert has_uno()
    from live.engine.app import attached  # noqa: PLC0415  # there once uno is

    app, failed = attached(setup["pipe"], setup["pid"]), ""
    try:
        exec(code, {"__name__": "__main__"})
    except BaseException:  # noqa: BLE001  # whatever it is, whoever waits for this child has to hear of it
        failed = traceback.format_exc()
    done = Path(setup["done"])
    draft = done.with_suffix(".draft")
    outcome = {"code": code, "told": app.told, "failed": failed}
    draft.write_text(json.dumps(outcome), encoding="utf-8")
    draft.replace(done)


if __name__ == "__main__":
    main()
