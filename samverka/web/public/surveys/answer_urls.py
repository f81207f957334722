"""Where a form is answered. What is fixed stands before the blocks, whose codes come from the questionnaire."""

from django.urls import path

from . import (
    answer_block,
    answer_handing,
    answer_own,
    answer_papers,
    answer_passing,
    answer_prefill,
    answer_receipt,
    answer_saving,
    answer_signing,
    answer_start,
    open_answer,
)

FORM, PASSED = "kartlaggning/svara/<str:key>/", "kartlaggning/del/<str:key>/"

urlpatterns = [
    path(FORM, answer_start.survey_form, name="survey_form"),
    path(f"{FORM}stammer/", answer_prefill.survey_prefill, name="survey_prefill"),
    path(f"{FORM}inlagt/", answer_prefill.survey_known, name="survey_known"),
    path(f"{FORM}min/", answer_own.survey_own, name="survey_own"),
    path(f"{FORM}min.pdf", answer_own.survey_own_pdf, name="survey_own_pdf"),
    path(f"{FORM}skicka-vidare/", answer_passing.survey_pass, name="survey_pass"),
    path(f"{FORM}skicka-vidare/<pid:pid>/ta-tillbaka/", answer_passing.survey_pass_back, name="survey_pass_back"),
    path(f"{FORM}lamna-in/", answer_handing.survey_handing, name="survey_handing"),
    path(f"{FORM}kvitto/", answer_receipt.survey_receipt, name="survey_receipt"),
    path(f"{FORM}kvitto.pdf", answer_receipt.survey_receipt_pdf, name="survey_receipt_pdf"),
    path(f"{FORM}oppna-igen/", answer_receipt.survey_reopen, name="survey_reopen"),
    path(f"{FORM}be-om-underskrift/", answer_receipt.survey_sign_ask, name="survey_sign_ask"),
    path(f"{FORM}skriv-under/", answer_signing.survey_sign, name="survey_sign"),
    path(f"{FORM}bilaga/<pid:pid>/", answer_block.survey_file, name="survey_file"),
    path(f"{FORM}<str:block>/fil/", answer_block.survey_block_file, name="survey_block_file"),
    path(f"{FORM}<str:block>/", answer_block.survey_block, name="survey_block"),
    path(f"{FORM}<str:block>/svar/", answer_saving.survey_answer, name="survey_answer"),
    path(f"{FORM}<str:block>/narvaro/", answer_saving.survey_presence, name="survey_presence"),
    path(PASSED, answer_start.survey_passed, name="survey_passed"),
    path(f"{PASSED}klart/", answer_start.survey_passed_done, name="survey_passed_done"),
    path(f"{PASSED}bilaga/<pid:pid>/", answer_block.survey_passed_file, name="survey_passed_file"),
    path(f"{PASSED}<str:block>/fil/", answer_block.survey_passed_block_file, name="survey_passed_block_file"),
    path(f"{PASSED}<str:block>/", answer_block.survey_passed_block, name="survey_passed_block"),
    path(f"{PASSED}<str:block>/svar/", answer_saving.survey_passed_answer, name="survey_passed_answer"),
    path(f"{PASSED}<str:block>/narvaro/", answer_saving.survey_passed_presence, name="survey_passed_presence"),
    path("kartlaggning/<slug:slug>/svara/", open_answer.survey_open, name="survey_open"),
    path("kartlaggning/<slug:slug>/formular.pdf", answer_papers.survey_blank_form, name="survey_blank_form"),
]
