"""Addresses of the diary, below `/arbete/<org>/samverkan/<collaboration>/`."""

from django.urls import path

from . import attachments, diary, drafts, entries

urlpatterns = [
    path("dagbok/", diary.diary, name="diary"),
    path("dagbok/<step:step>/", diary.diary_step, name="diary_step"),
    path("gemensamt/", entries.joint_note, name="joint_note"),
    path("anteckning/", entries.write, name="entry_write"),
    path("anteckning/<pid:entry>/", entries.change, name="entry_change"),
    path("anteckning/<pid:entry>/dela/", entries.share, name="entry_share"),
    path("anteckning/<pid:entry>/stryk/", entries.withdraw, name="entry_withdraw"),
    path("anteckning/<pid:entry>/synpunkter-klara/", entries.end_comments, name="entry_end_comments"),
    path("anteckning/<pid:entry>/versioner/", entries.history, name="entry_history"),
    path("anteckning/<pid:entry>/bilaga/", attachments.attach, name="attach"),
    path("bilaga/<pid:attachment>/", attachments.fetch, name="attachment"),
    path("bilaga/<pid:attachment>/stryk/", attachments.withdraw, name="attachment_withdraw"),
    path("utkast/", drafts.save, name="draft_save"),
    path("utkast/kasta/", drafts.drop, name="draft_drop"),
]
