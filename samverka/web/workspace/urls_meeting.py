"""Meetings, and when one is told by mail, below `/arbete/<org>/samverkan/<collaboration>/`."""

from django.urls import path

from . import meeting_mode, meetings, notice_choices

urlpatterns = [
    path("mote/", meeting_mode.now, name="meeting_now"),
    path("moten/", meetings.meetings, name="meetings"),
    path("moten/ny/", meetings.start, name="meeting_new"),
    path("moten/<pid:meeting>/", meetings.meeting, name="meeting"),
    path("moten/<pid:meeting>/med/", meetings.attendee, name="meeting_attendee"),
    path("moten/<pid:meeting>/avsluta/", meetings.end, name="meeting_end"),
    path("moten/<pid:meeting>/bekrafta/<pid:entry>/", meetings.confirm, name="meeting_confirm"),
    path("moten/<pid:meeting>/text.pdf", meetings.pdf, name="meeting_pdf"),
    path("moten/<pid:meeting>/<question:question>/", meeting_mode.ask, name="meeting_question"),
    path("moten/<pid:meeting>/<question:question>/atagande/", meeting_mode.commitment, name="meeting_commitment"),
    path("aviseringar/", notice_choices.here, name="notice_choice"),
]
