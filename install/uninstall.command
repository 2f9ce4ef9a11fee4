#!/bin/bash
# Takes away what install.command put in place; workbooks that anything was typed into stay.
# Finds a Python that will do and hands over to setup_excel.py, which knows the rest.
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
unset PYTHONHOME PYTHONPATH
export PYTHONUTF8=1

suits() {
  [ -x "$1" ] && "$1" "$here/setup_excel.py" --suits >/dev/null 2>&1
}

# The newest first: in the path, then where python.org, Homebrew and uv put it. Apple's own python3 is left alone: it is
# too old, and where it is missing the call opens a window that offers to fetch developer tools.
found=""
for version in 3.16 3.15 3.14 3.13 3.12 3.11 3; do
  for python in "$(command -v "python$version")" \
    "/Library/Frameworks/Python.framework/Versions/$version/bin/python3" \
    "/opt/homebrew/bin/python$version" "/usr/local/bin/python$version" "$HOME/.local/bin/python$version"; do
    if [ "$(uname)" = Darwin ] && [ "$python" = "/usr/bin/python3" ]; then
      continue
    fi
    if suits "$python"; then
      found="$python"
      break 2
    fi
  done
done

if [ -z "$found" ]; then
  echo "No Python that will do was found: xlkpi needs Python 3.11 or later."
  echo "Install it from python.org or your software centre, then start this again."
  code=3
else
  "$found" "$here/setup_excel.py" --remove "$@"
  code=$?
fi

if [ -t 0 ] && [ -z "$XLKPI_NO_PAUSE" ]; then
  echo
  read -r -n 1 -p "Press any key to close this window."
fi
exit "$code"
