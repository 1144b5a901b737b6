"""Where a site is."""

from pathlib import Path

import pytest

from comparo.errors import UsageError
from comparo.root import find_root
from comparo.scaffold import new_site


def test_the_root_is_found_upward(tmp_path):
    """Any folder of a site leads to the site; elsewhere a sentence says what is missing."""
    new_site(tmp_path / "site")

    assert find_root(tmp_path / "site/content/products") == tmp_path / "site"
    with pytest.raises(UsageError, match="is no comparo site"):
        find_root(Path("/"))
