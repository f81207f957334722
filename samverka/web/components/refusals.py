"""What an action refused, said at the form's field."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from samverka.kernel.errors import Refused
from samverka.kernel.ratelimit import TooMany


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Turn a Refused inside the block into an error of `form`, at the field that its details name, if the form has it.

    What follows the block is reached only then: return from inside it when all went well. TooMany goes on (429).
    """
    try:
        yield
    except TooMany:
        raise
    except Refused as refused:
        field = refused.details.get("field")
        form.add_error(field if field in form.fields else None, str(refused.message))
