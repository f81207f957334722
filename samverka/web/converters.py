"""How public ids and names stand in addresses."""

from typing import Any

from django.urls import register_converter

from samverka.kernel.ids import ALPHABET, LENGTH


class PublicIdConverter:
    """A public id, `<pid:…>`: ten characters without vowels, so that no word in an address can be taken for one."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        """Return the id as it stands in the address."""
        return value

    def to_url(self, value: Any) -> str:
        """Return the id as it is to stand in the address."""
        return str(value)


class NameConverter(PublicIdConverter):
    """A name after an id or a code, `<name:…>`. It may be empty or wrong: only what stands before it counts."""

    regex = "[^/]*"


class StepConverter(PublicIdConverter):
    """A step's code, `<step:…>`: 4.2."""

    regex = r"[0-9]{1,2}\.[0-9]{1,2}"


class QuestionConverter(PublicIdConverter):
    """A question's code, `<question:…>`: 4.2.1."""

    regex = r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}"


register_converter(PublicIdConverter, "pid")
register_converter(NameConverter, "name")
register_converter(StepConverter, "step")
register_converter(QuestionConverter, "question")
