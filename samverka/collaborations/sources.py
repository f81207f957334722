"""What site search finds here: collaborations, by those who take part or follow."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .models import Collaboration


def _present(collaborations: list[Any]) -> list[tuple[str, str]]:
    return [(collaboration.title, collaboration.purpose[:200]) for collaboration in collaborations]


register_source(Source("collaboration", _("Samverkan"), Collaboration.objects.visible_to, _present))
