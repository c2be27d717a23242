import pytest

pytest.register_assert_rewrite("tests.reviews.services.review_machine")  # its failures are read as a test's are
