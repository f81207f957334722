"""Every pair of ink and ground in tokens.css, computed as WCAG 2.2 says (relative luminance, 1.4.3 and 1.4.11)."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path("samverka/web/static/css")
HUES = ("public", "civil", "shared", "neutral", "success", "warning", "danger")
GROUNDS = ("ground", "surface", "sunken")


def tokens(scheme):
    text = (CSS / "tokens.css").read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return found | (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark)) if scheme == "dark" else {})


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_pairs():
    yield from product(("text", "muted"), GROUNDS)
    for hue in HUES:
        yield from product(("text", "muted", hue, f"{hue}-deep"), (f"{hue}-soft",))
        yield from product((hue, f"{hue}-deep"), GROUNDS)
        yield from product((f"on-{hue}",), (hue, f"{hue}-deep"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), list(text_pairs()))
def test_text_on_its_ground_has_contrast_4_5(scheme, ink, ground):
    colours = tokens(scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", [*GROUNDS, *(f"{hue}-soft" for hue in HUES)])
def test_the_edge_of_a_control_has_contrast_3(scheme, ground):
    colours = tokens(scheme)
    assert contrast(colours["edge"], colours[ground]) >= 3


def test_dark_sets_every_colour_that_light_sets():
    dark = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")[1]
    assert set(tokens("light")) == set(re.findall(r"--([a-z-]+): #", dark))


def test_the_palette_is_the_agreed_one():
    light, dark = tokens("light"), tokens("dark")
    assert [light[h] for h in HUES[:3]] == ["#17513d", "#a63d17", "#23407a"]
    assert [dark[h] for h in HUES[:3]] == ["#7cc4a4", "#f2a27c", "#9db8f2"]


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda p: p.name)
def test_stylesheet_is_short_and_uses_tokens(path):
    text = path.read_text()
    assert text.count("\n") < 300
    if path.name != "tokens.css" and not path.name.startswith("pdf") and not path.name.endswith("print.css"):
        assert not [c for c in re.findall(r"#[0-9a-fA-F]{3,6}\b", text) if c != "#fff"]
