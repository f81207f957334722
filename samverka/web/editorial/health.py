"""How the installation is, and trying again what has failed or stopped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.accounts.rules import can_manage_installation
from samverka.kernel import health as kernel_health
from samverka.kernel import jobs
from samverka.kernel.access import requires
from samverka.kernel.errors import Refused


@requires(can_manage_installation)
def health(request: HttpRequest) -> HttpResponse:
    context = {
        "health": kernel_health.look(),
        "troubled": [job for job in jobs.jobs("failed", "doing") if job.state in {"failed", "stalled"}],
        "active": [job for job in jobs.jobs("doing", "todo", limit=50) if job.state != "stalled"],
        "workers": jobs.workers(),
    }
    return render(request, "editorial/health.html", context)


@requires(can_manage_installation)
@require_POST
def retry_job(request: HttpRequest) -> HttpResponse:
    jobs.retry_job(_job_number(request), by=request.user)
    messages.success(request, _("Jobbet är tillbaka i kön."))
    return redirect("editorial_health")


@requires(can_manage_installation)
@require_POST
def cancel_job(request: HttpRequest) -> HttpResponse:
    jobs.cancel_job(_job_number(request), by=request.user)
    messages.success(request, _("Jobbet är avbrutet."))
    return redirect("editorial_health")


def _job_number(request: HttpRequest) -> int:
    """Return the job's number from the form. Raises Refused when it is none."""
    number = request.POST.get("jobb", "")
    if not number.isdecimal() or len(number) > 18:
        raise Refused(_("Jobbet finns inte längre."))
    return int(number)
