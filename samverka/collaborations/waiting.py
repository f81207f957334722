"""What waits here for a person at an organisation: answers, promises, what others wrote for it at a meeting.

Each source asks as often for one collaboration as for five thousand, and none gives more than MOST.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.db.models import CharField
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.accounts.roles import Permission
from samverka.kernel.waiting import Waiting, register_waiting
from samverka.organisations.queries import Acting
from samverka.processes.reading import model_version

from .circles import party_names
from .enums import Circle, PhaseAnswer, StepState
from .models import Collaboration, Entry, Meeting, Party, PhaseConfirmation, StepChange
from .queries import waiting_invitations
from .queries.commitments import OPEN, Promise
from .queries.progress import PhaseVoice, progress_of_many
from .queries.seats import Seat

#: As many of a kind as a page can hold; the rest is found in the collaborations.
MOST = 50
#: Promises that fall due within this time wait.
SOON = timedelta(days=14)
