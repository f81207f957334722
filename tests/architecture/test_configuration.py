"""The strictness that everything else rests on."""

import socket
import tomllib
import warnings

import pytest
from django.template import Context, Template

from .source import ROOT

CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]


def test_warnings_are_errors() -> None:
    assert CONFIGURATION["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    with pytest.raises(UserWarning):
        warnings.warn("en varning", stacklevel=1)


def test_undefined_template_variable_fails() -> None:
    with pytest.raises(AssertionError, match="undefined template variable: missing"):
        Template("{{ missing }}").render(Context({}))


def test_tests_reach_no_network() -> None:
    with pytest.raises(AssertionError, match="network"), socket.socket() as reaching:
        reaching.connect(("192.0.2.1", 80))


def test_types_are_checked_strictly() -> None:
    assert CONFIGURATION["mypy"]["strict"] is True
