"""The demo's subscribers, and where an invented municipality wants its mail."""

from django.utils import timezone

from samverka.collaborations.demo import Village, register_demo
from samverka.organisations.queries import current_fields

from .models import Route, Routing, Subscriber

SUBSCRIBERS = (
    ("astrid@lista.example", "sv", "at_once"), ("bengt@lista.example", "sv", "at_once"),
    ("cecilia@lista.example", "sv", "monthly"), ("dina@lista.example", "en", "at_once"),
    ("emil@lista.example", "sv", "at_once"), ("farida@lista.example", "sv", "monthly"),
)  # fmt: skip


@register_demo
def tell_of_subscribers(village: Village) -> None:
    """Add some subscribers, and say that culture at the municipality goes to an office of its own."""
    now = timezone.now()
    for email, language, pace in SUBSCRIBERS:
        Subscriber.objects.get_or_create(
            email=email, defaults={"language": language, "pace": pace, "state": "confirmed", "confirmed_at": now}
        )
    field = current_fields("mapping").order_by("order").first()
    body = village.organisations["Exempelby kommun"]
    Routing.objects.get_or_create(organisation=body, defaults={"copy": True, "said_by": "Registrator"})
    Route.objects.get_or_create(
        organisation=body, field=field, withdrawn_at=None,
        defaults={"email": "kultur@exempelby.example", "name": "Kulturförvaltningen"},
    )  # fmt: skip
