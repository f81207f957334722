"""The first administrator of an installation, or one more role, from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samverka.accounts import roles
from samverka.accounts.actions import give_host_role
from samverka.accounts.models import User
from samverka.accounts.queries import person_with_address
from samverka.kernel.errors import Refused


class Command(BaseCommand):
    help = "Give a person one of the host's roles; the account is made if there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=roles.HOST_ROLES, nargs="?", default="host_administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        if person_with_address(options["email"]) is None:
            User.objects.create_user(options["email"])
        try:
            give_host_role(by=None, address=options["email"], role=options["role"])
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(f"{options['email']} is now {options['role']}; the next sign-in asks for a second factor.")
