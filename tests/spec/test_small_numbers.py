"""Whether small counts of an indicator are withheld: by the readers, where the register does not say."""

from __future__ import annotations

import pytest
from ruled import indicator

from xlkpi.model.profile import Profile
from xlkpi.model.register import SmallNumbers

RULES = [
    # The register's column Small numbers, from the commissioner, from the public
    (SmallNumbers.PROFILE, False, True),
    (SmallNumbers.WITHHOLD, True, True),
    (SmallNumbers.SHOW, False, False),
]


@pytest.mark.parametrize(("policy", "from_commissioner", "from_public"), RULES)
def test_the_register_has_the_last_word(policy: SmallNumbers, *, from_commissioner: bool, from_public: bool) -> None:
    one = indicator(small_numbers=policy)
    assert Profile.COMMISSIONER.withholds(one) is from_commissioner
    assert Profile.PUBLIC.withholds(one) is from_public
