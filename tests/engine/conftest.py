"""What holds for the tests of the engine; their worlds are in tests/conftest.py."""

import pytest

pytest.register_assert_rewrite("tests.support.engine.faults")
