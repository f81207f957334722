"""What draws PDF in tests: one process that waits for the next document, and no document drawn twice."""

import functools
from collections.abc import Iterator

import pytest
from django.conf import settings

from samverka.kernel import pdf
from samverka.kernel.pdf_press import Press, Printed


class RememberingPress(Press):
    """Answers an order it has met with what it drew then: the order says all there is to draw."""

    @functools.lru_cache(maxsize=64)  # noqa: B019  (one press, as long as the process)
    def print(self, order: bytes) -> Printed:
        """Return what the order comes to."""
        return super().print(order)


@pytest.fixture(scope="session", autouse=True)
def press() -> Iterator[None]:
    """Draw with one press in this process, and end its process with the last test."""
    one = RememberingPress(settings.BASE_DIR, standby=pdf.LONGEST, longest=pdf.LONGEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_press", lambda: one)
        yield
    one.close()
