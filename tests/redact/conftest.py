import pytest

from privity.redact import Redactor


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    return Redactor()
