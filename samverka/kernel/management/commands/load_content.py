from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from samverka.kernel.content import loaders


class Command(BaseCommand):
    help = "Load what the product ships (places, fields, texts). Running it again changes nothing."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for loader in loaders():
            self.stdout.write(f"{loader.name}: {loader.load()} rows written")
