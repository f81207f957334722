"""Addresses of what the steps leave behind: what is said, commitments, mandates, decisions; and our tasks."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…> and <step:…>)

from . import commitments, decisions, mandates, our_tasks, outcomes

AT = "<pid:org>/samverkan/<pid:collaboration>/"
LEFT = f"{AT}dagbok/<step:step>/lamnar/"

urlpatterns = [
    path("<pid:org>/uppgifter/", our_tasks.our_tasks, name="our_tasks"),
    path(LEFT, outcomes.left_behind, name="left_behind"),
    path(f"{LEFT}tillsammans/", outcomes.left_behind_together, name="left_behind_together"),
    path(f"{LEFT}<pid:outcome>/dela/", outcomes.left_behind_share, name="left_behind_share"),
    path(f"{LEFT}<pid:outcome>/versioner/", outcomes.left_behind_history, name="left_behind_history"),
    path(f"{AT}ataganden/", commitments.commitments, name="commitments"),
    path(f"{AT}ataganden/ladda-ner.<str:format>", commitments.commitments_export, name="commitments_export"),
    path(f"{AT}ataganden/ny/", commitments.commitment_new, name="commitment_new"),
    path(f"{AT}ataganden/<pid:commitment>/", commitments.commitment, name="commitment"),
    path(f"{AT}ataganden/<pid:commitment>/andra/", commitments.commitment_change, name="commitment_change"),
    path(f"{AT}ataganden/<pid:commitment>/lage/", commitments.commitment_settle, name="commitment_settle"),
    path(f"{AT}mandat/", mandates.mandates, name="mandates"),
    path(f"{AT}mandat/nytt/", mandates.mandate_new, name="mandate_new"),
    path(f"{AT}mandat/<pid:mandate>/", mandates.mandate, name="mandate"),
    path(f"{AT}mandat/<pid:mandate>/avsluta/", mandates.mandate_withdraw, name="mandate_withdraw"),
    path(f"{AT}beslut/", decisions.decisions, name="decisions"),
    path(f"{AT}beslut/nytt/", decisions.decision_new, name="decision_new"),
    path(f"{AT}beslut/<pid:decision>/stryk/", decisions.decision_withdraw, name="decision_withdraw"),
]
