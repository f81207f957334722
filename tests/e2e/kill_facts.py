"""Run with the installation's own settings: print what the kill test needs to write as the demo's coordinator."""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from samverka.accounts.models import User  # noqa: E402
from samverka.collaborations.models import Collaboration, EntryVersion  # noqa: E402
from samverka.kernel.models import OutboxMessage  # noqa: E402
from samverka.organisations.models import Organisation  # noqa: E402

client = Client()
client.force_login(User.objects.get(name="Karin Provsson"))
collaboration = Collaboration.objects.get(title="Läxhjälp på tre språk")
sys.stdout.write(
    json.dumps(
        {
            "session": client.cookies["sessionid"].value,
            "organisation": Organisation.objects.get(name="Exempelby kommun").public_id,
            "collaboration": collaboration.public_id,
            "texts": list(EntryVersion.objects.filter(entry__joint=True).values_list("text", flat=True)),
            "unsent": OutboxMessage.objects.filter(state="queued").count(),
            "failed": OutboxMessage.objects.filter(state="failed").count(),
        }
    )
)
