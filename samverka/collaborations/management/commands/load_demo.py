from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samverka.collaborations.demo import load_demo
from samverka.kernel.addresses import site_address
from samverka.kernel.errors import Refused


class Command(BaseCommand):
    help = "Load invented organisations and persons to try with, and print their sign-ins. Only on localhost."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("sv"):
            try:
                sign_ins = load_demo()
            except Refused as refused:
                raise CommandError(str(refused.message)) from refused
            self.stdout.write("Demons personer loggar in med en kod. Skriv adressen på inloggningssidan,")
            self.stdout.write(f"och läs koden i provbrevlådan: {site_address('mail_sink')}\n")
            for person in sign_ins:
                self.stdout.write(f"  {person.email:<44} {person.who}")
                if person.totp_secret:
                    self.stdout.write(f"  {'':<44} andra faktor (TOTP): {person.totp_secret}")
