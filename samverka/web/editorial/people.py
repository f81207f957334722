"""Who holds the host's roles: give, take, and what has been changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from samverka.accounts import actions, roles
from samverka.accounts.models import User
from samverka.accounts.queries import host_role_log, host_staff
from samverka.accounts.rules import can_manage_host_roles
from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible, Refused
from samverka.web.account.forms import HostRoleForm
from samverka.web.account.person import person as asking


@requires(can_manage_host_roles)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """List those who hold a role, and give one."""
    form = HostRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            holder = actions.give_host_role(
                by=asking(request), address=form.cleaned_data["email"], role=form.cleaned_data["role"]
            )
        except Refused as refusal:
            form.add_error("email", str(refusal.message))
        else:
            messages.success(request, gettext("{name} har fått rollen.").format(name=holder))
            return HttpResponseRedirect(reverse("editorial_people"))
    held = [(person, [roles.ROLES[code] for code in person.host_roles]) for person in host_staff()]
    return render(
        request, "editorial/people.html", {"form": form, "held": held, "log": [_line(row) for row in host_role_log()]}
    )


def _line(row: Any) -> dict[str, Any]:
    before, after = row.changes.get("host_roles", [[], []])
    changed = [str(roles.ROLES[code].label) for code in sorted(set(before) ^ set(after)) if code in roles.ROLES]
    said = {"host_role.given": gettext("fick rollen"), "host_role.taken": gettext("blev av med rollen")}
    what = said.get(row.action, gettext("fick andra steget nollställt"))
    return {"at": row.at, "by": row.actor_label, "who": row.object_label, "what": what, "roles": ", ".join(changed)}


@requires(can_manage_host_roles)
@require_POST
def take_role(request: HttpRequest, person: str) -> HttpResponse:
    """Take one role from a person."""
    holder = _holder(person)
    actions.take_host_role(by=asking(request), person=holder, role=request.POST.get("role", ""))
    messages.success(request, gettext("{name} har inte längre rollen.").format(name=holder))
    return HttpResponseRedirect(reverse("editorial_people"))


@requires(can_manage_host_roles)
@require_http_methods(["GET", "HEAD", "POST"])
def reset_second_factor(request: HttpRequest, person: str) -> HttpResponse:
    """Let a person who has lost the telephone set up the second factor anew."""
    holder = _holder(person)
    if request.method == "POST":
        actions.reset_second_factor(by=asking(request), person=holder)
        messages.success(
            request, gettext("{name} får ställa in andra steget på nytt vid nästa inloggning.").format(name=holder)
        )
        return HttpResponseRedirect(reverse("editorial_people"))
    return render(request, "editorial/people_reset.html", {"person": holder})


def _holder(public_id: str) -> User:
    holder = host_staff().filter(public_id=public_id).first()
    if holder is None:
        raise NotVisible
    return holder
