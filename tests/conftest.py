"""Every run of the suite tries the same examples; helpers say as much as tests where an assertion fails."""

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("analyst")
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")

#: The engine imports LibreOffice's ``uno``, which not every machine has; it holds no tests of its own.
collect_ignore_glob = ["live/engine/*"]
