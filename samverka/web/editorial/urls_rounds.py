"""The addresses of the desk of a mapping round."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import rounds, rounds_asked, rounds_board, rounds_inviting, rounds_panel, rounds_weights

urlpatterns = [
    path("", rounds.editorial_rounds, name="editorial_rounds"),
    path("ny/", rounds.editorial_round_add, name="editorial_round_add"),
    path("<slug:slug>/", rounds.editorial_round, name="editorial_round"),
    path("<slug:slug>/andra/", rounds.editorial_round_edit, name="editorial_round_edit"),
    path("<slug:slug>/lage/", rounds.editorial_round_state, name="editorial_round_state"),
    path("<slug:slug>/panel/", rounds_panel.editorial_panel, name="editorial_panel"),
    path("<slug:slug>/panel/lagg-till/", rounds_panel.editorial_panel_add, name="editorial_panel_add"),
    path(
        "<slug:slug>/panel/lagg-till/<pid:organisation>/",
        rounds_panel.editorial_panel_organisation,
        name="editorial_panel_organisation",
    ),
    path("<slug:slug>/panel/urval/", rounds_panel.editorial_panel_sample, name="editorial_panel_sample"),
    path("<slug:slug>/panel/utan-adress/", rounds_panel.editorial_panel_mend, name="editorial_panel_mend"),
    path("<slug:slug>/panel/fil/", rounds_panel.editorial_panel_file, name="editorial_panel_file"),
    path("<slug:slug>/panel/ta-bort/", rounds_panel.editorial_panel_remove, name="editorial_panel_remove"),
    path("<slug:slug>/bjud-in/", rounds_inviting.editorial_invite, name="editorial_invite"),
    path("<slug:slug>/bjud-in/<pid:progress>/", rounds_inviting.editorial_invite_state, name="editorial_invite_state"),
    path("<slug:slug>/bjud-in/<str:which>/html/", rounds_inviting.editorial_invite_html, name="editorial_invite_html"),
    path("<slug:slug>/svar/", rounds_board.editorial_board, name="editorial_board"),
    path("<slug:slug>/ringlista/", rounds_board.editorial_call_list, name="editorial_call_list"),
    path("<slug:slug>/vikter/", rounds_weights.editorial_weights, name="editorial_weights"),
    path("<slug:slug>/oppen-lank.svg", rounds_weights.editorial_open_code, name="editorial_open_code"),
    path("<slug:slug>/<str:kind>.<str:format>", rounds_panel.editorial_panel_export, name="editorial_panel_export"),
    path("<slug:slug>/svar/<pid:asked>/", rounds_asked.editorial_asked, name="editorial_asked"),
    path("<slug:slug>/svar/<pid:asked>/adress/", rounds_asked.editorial_asked_address, name="editorial_asked_address"),
    path("<slug:slug>/svar/<pid:asked>/ringt/", rounds_asked.editorial_asked_call, name="editorial_asked_call"),
    path("<slug:slug>/svar/<pid:asked>/avstar/", rounds_asked.editorial_asked_decline, name="editorial_asked_decline"),
    path("<slug:slug>/svar/<pid:asked>/oppna/", rounds_asked.editorial_asked_reopen, name="editorial_asked_reopen"),
    path(
        "<slug:slug>/svar/<pid:asked>/bilaga/<pid:pid>/", rounds_asked.editorial_asked_file, name="editorial_asked_file"
    ),
    path("<slug:slug>/svar/<pid:asked>/lank/", rounds_asked.editorial_asked_link, name="editorial_asked_link"),
]
