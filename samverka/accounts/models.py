"""Persons. Which organisations they act for stands in samverka.organisations."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from . import roles


class UserManager(BaseUserManager["User"]):
    """Makes persons; the address is the name one signs in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new person. Without a password they sign in by code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in."""

    public_id = PublicIdField()
    email = models.EmailField(_("E-postadress"), unique=True)
    name = models.CharField(_("Namn"), max_length=150, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    language = models.CharField(_("Språk"), max_length=8, default="sv", choices=[("sv", "Svenska"), ("en", "English")])
    host_roles = ArrayField(
        models.CharField(max_length=30, choices=roles.choices(roles.HOST)), default=list, blank=True
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=Q(language__in=["sv", "en"]), name="user_language_known"),
            models.CheckConstraint(
                condition=Q(host_roles__contained_by=list(roles.HOST_ROLES)), name="user_host_roles_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name, or the address where no name is given."""
        return str(self)

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of the person's roles requires a second factor."""
        return any(roles.ROLES[code].second_factor for code in self.host_roles)
