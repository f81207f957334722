"""Numbers as a phone dials them."""

import pytest

from samverka.web.components.words import dialled


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0515-88 50 00", "0515885000"),
        ("+46 515 88 50 00", "+46515885000"),
        ("+46 (0)515-88 50 00", "+46515885000"),
        ("08/123 45 67", "081234567"),
        ("0123-456 70, vardagar 9–12", "012345670"),
        ("Växel 0123–456 70 (vardagar 9–12)", "012345670"),
        ("Vardagar 9–12, 0123-456 70", "012345670"),
        ("Växel: +46 (0)515-88 50 00", "+46515885000"),
        ("1177", "1177"),
        ("", ""),
        ("ring växeln", ""),
    ],
)
def test_number_is_dialled_without_what_stands_around_it(written: str, number: str) -> None:
    assert dialled(written) == number
