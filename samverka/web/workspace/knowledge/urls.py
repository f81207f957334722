"""Addresses of examples, our portrait and questions, in the workspace."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import our_examples, our_feedback

urlpatterns = [
    path(
        "<pid:org>/samverkan/<pid:collaboration>/exempel/",
        our_examples.collaboration_example,
        name="collaboration_example",
    ),
    path("<pid:org>/exempel/", our_examples.our_examples, name="our_examples"),
    path("<pid:org>/exempel/<pid:page>/", our_examples.our_example, name="our_example"),
    path("<pid:org>/portratt/", our_examples.our_portrait_start, name="our_portrait_start"),
    path("<pid:org>/fragor/<pid:question>/", our_examples.our_question, name="our_question"),
    path("<pid:org>/synpunkter/", our_feedback.our_feedback, name="our_feedback"),
    path("<pid:org>/synpunkter/<pid:feedback>/", our_feedback.our_feedback_one, name="our_feedback_one"),
]
