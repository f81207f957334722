"""For the administrator who has lost both the telephone and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samverka.accounts.actions import reset_second_factor
from samverka.accounts.queries import person_with_address


class Command(BaseCommand):
    help = "Remove a person's second factor and end their sessions; it is set up anew at the next sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_with_address(options["email"])
        if person is None:
            raise CommandError(f"nobody signs in with {options['email']}")
        reset_second_factor(by=None, person=person)
        self.stdout.write(f"{options['email']} sets up a second factor at the next sign-in.")
