"""Examples and portraits of the world: one that is written, one with the editor, what all read, what is asked."""

from samverka.knowledge.actions import approving, lasting, questions, saving, voices
from samverka.knowledge.actions.feedback import say_if_helped, say_why
from samverka.knowledge.actions.sending_in import send_in
from samverka.knowledge.links import holds_key, question_key, quote_key
from samverka.knowledge.models import Page, PageQuestion

from .knowledge import told
from .people import Together


def build_knowledge(together: Together) -> dict[str, str]:
    """Make them; return what addresses name of them."""
    village = together.village
    draft, sent, out = told.whole(together), told.sent_in(together), told.published(together)
    quote = told.quote(draft, village.karin)
    picture = told.picture(draft, village.karin)
    portrait = told.portrait(village)
    voices.ask_quoted(by=village.karin, page_id=draft.public_id, quote_id=quote.public_id)
    approving.ask_parties(by=village.karin, page_id=draft.public_id)
    waiting, shown = _question(out), _question(out)
    questions.answer_question(by=None, question=shown, answer="Vi frågade runt.", show=True)
    saving.save_page(by=village.vera, page=out)
    return {
        "draft_page": draft.public_id,
        "sent_page": sent.public_id,
        "example": out.public_id,
        "example_name": out.slug,
        "again_page": _sent_again(together),
        "portrait": portrait.public_id,
        "portrait_name": portrait.slug,
        "quote": quote.public_id,
        "quote_key": quote_key(quote),
        "picture": picture.public_id,
        "question": waiting.public_id,
        "question_key": question_key(waiting),
        "shown_question": shown.public_id,
        "own_said": _said_of(out),
        "holds_key": _asked_if_it_holds(out),
        "collection": saving.make_collection(by=village.vera, name="Att läsa").public_id,
    }


def _question(page: Page) -> PageQuestion:
    return questions.ask_question(
        by=None, page=page, sender="world", text="Hur hittade ni volontärer?", name="", place="Grannby",
        email="olle@grannby.example", may_show=True,
    )  # fmt: skip


def _said_of(page: Page) -> str:
    said = say_if_helped(page=page, helped=False)
    say_why(feedback_id=said.public_id, text="Vad kostade det?", reply_email="nils@example.se")
    return said.public_id


def _sent_again(together: Together) -> str:
    """One that is out, and with the editor once more."""
    page = told.published(together)
    told.change(page, together.village.yusuf, done="Vi öppnade biblioteket på fredagar.")
    return send_in(by=together.village.yusuf, page_id=page.public_id).public_id


def _asked_if_it_holds(page: Page) -> str:
    type(page.example).objects.filter(page=page).update(confirmed_on="2020-01-01")
    lasting.ask_if_they_hold()
    return holds_key(Page.objects.select_related("example").get(pk=page.pk))
