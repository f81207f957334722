"""Files as answers: kept by content, replaced with the earlier version kept, read by those who may, and purged."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.models import StoredFile
from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import QuestionType as T
from samverka.surveys.actions import Change, hand_over, save_answers
from samverka.surveys.actions.files import attach, detach
from samverka.surveys.actions.round_states import start_round
from samverka.surveys.files import KEPT, file_for_desk, file_for_holder, purge_files
from samverka.surveys.holders import Holder
from samverka.surveys.models import Asked, Passed, Round
from samverka.surveys.open_data import write_rounds
from samverka.surveys.tallies import tally
from tests.surveys.answering import asked_in, holder, open_round, values, version_of
from tests.surveys.naming import partners

pytestmark = pytest.mark.django_db
PLAN = ("plan", -1)


def _upload(name: str = "plan.txt", content: bytes = "Vår plan".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _asked(*, required: bool = False, **facts: object) -> Asked:
    question = Question("plan", T.FILE, {"sv": "Skicka planen"}, required_if="true()" if required else "")
    return asked_in(open_round(version_of(partners(question)), **facts))


def test_file_is_an_answer_with_its_name_and_can_be_handed_over() -> None:
    asked = _asked(required=True)
    with pytest.raises(Refused):
        hand_over(by=holder(asked))
    attach(by=holder(asked), place=PLAN, base=0, upload=_upload())
    stored = StoredFile.objects.get(owner_kind="answer")
    assert (stored.owner_id, stored.created_by_id) == (asked.public_id, None)
    assert hand_over(by=holder(asked)).response.answers["plan"] == {"id": stored.public_id, "name": "plan.txt"}
    assert {one.variable: one.count.base for one in tally(asked.round)}["plan"] == 1


def test_replaced_and_removed_file_stays_in_its_version() -> None:
    asked = _asked()
    attach(by=holder(asked), place=PLAN, base=0, upload=_upload())
    attach(by=holder(asked), place=PLAN, base=1, upload=_upload("ny.txt"))
    detach(by=holder(asked), place=PLAN, base=2)
    first, second, last = values(asked, "plan")
    assert (first["name"], second["name"], last) == ("plan.txt", "ny.txt", None)
    with pytest.raises(NotVisible):
        file_for_holder(holder(asked), first["id"])


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (_upload("program.exe", b"MZ\x90"), "Filen går inte att ta emot"),
        (_upload("plan.pdf", b"inte en pdf"), "något annat"),
        (_upload("plan.txt", b""), "tom"),
    ],
)
def test_file_of_a_wrong_kind_is_refused_with_what_to_do(upload: SimpleUploadedFile, told: str) -> None:
    asked = _asked()
    with pytest.raises(Refused, match=told):
        attach(by=holder(asked), place=PLAN, base=0, upload=upload)
    assert values(asked, "plan") == []
    assert not StoredFile.objects.exists()


def test_two_who_send_at_once_do_not_overwrite_each_other() -> None:
    asked = _asked()
    attach(by=holder(asked), place=PLAN, base=0, upload=_upload("hennes.txt"))
    with pytest.raises(Refused, match="Någon annan"):
        attach(by=holder(asked, "Yusuf"), place=PLAN, base=0, upload=_upload("hans.txt"))
    assert [value["name"] for value in values(asked, "plan")] == ["hennes.txt"]
    assert [stored.name for stored in StoredFile.objects.all()] == ["hennes.txt"]


def test_no_file_after_handing_over_nor_at_another_question() -> None:
    asked = _asked()
    with pytest.raises(NotVisible):
        attach(by=holder(asked), place=("framst", -1), base=0, upload=_upload())
    Round.objects.update(state="closed")
    with pytest.raises(Refused):
        attach(by=holder(asked), place=PLAN, base=0, upload=_upload())
    assert not StoredFile.objects.exists()


def test_file_is_read_by_its_links_and_by_the_desk_when_handed_over() -> None:
    asked = _asked()
    attach(by=holder(asked), place=PLAN, base=0, upload=_upload())
    key = values(asked, "plan")[0]["id"]
    mine = Passed.objects.create(asked=asked, blocks=["b1"], email="a@b.example", passed_by="Karin")
    other = Passed.objects.create(asked=asked, blocks=["b2"], email="a@b.example", passed_by="Karin")
    one = holder(asked).asked
    assert file_for_holder(Holder(one, mine), key).name == "plan.txt"
    for who in (Holder(one, other), holder(_asked_elsewhere(asked))):
        with pytest.raises(NotVisible):
            file_for_holder(who, key)
    with pytest.raises(NotVisible):
        file_for_desk(one, key)
    assert file_for_desk(hand_over(by=holder(asked)), key).name == "plan.txt"


def _asked_elsewhere(asked: Asked) -> Asked:
    """Return another who is asked, whose form claims the file of the first."""
    from samverka.organisations.models import Organisation

    neighbour = Organisation.objects.create(name="Grannby kommun", kind="municipality", invented=True)
    other = asked_in(asked.round, neighbour)
    save_answers(by=holder(other), changes=[Change(PLAN, 0, values(asked, "plan")[0])])
    return other


def test_open_data_say_only_that_there_is_a_file() -> None:
    asked = _asked()
    attach(by=holder(asked), place=PLAN, base=0, upload=_upload("hemligt namn.txt"))
    hand_over(by=holder(asked))
    file = BytesIO()
    write_rounds([asked.round], format="csv", file=file)
    assert "bilaga finns" in file.getvalue().decode("utf-8-sig")
    assert "hemligt" not in file.getvalue().decode("utf-8-sig")


def test_anonymous_round_with_a_file_question_does_not_open() -> None:
    asked = _asked()
    facts = {"state": "prepared", "side": "civil", "access": "open", "closes_on": timezone.localdate(),
             "contact_name": "Anna", "contact_email": "a@b.example", "contact_phone": "1", "at_hand": "-"}  # fmt: skip
    Round.objects.filter(pk=asked.round_id).update(**facts)
    with pytest.raises(Refused, match="plan ber om en fil"):
        start_round(by=None, slug=asked.round.slug)


def test_purge_takes_what_no_answer_holds() -> None:
    asked = _asked()
    attach(by=holder(asked), place=PLAN, base=0, upload=_upload("gammal.txt"))
    attach(by=holder(asked), place=PLAN, base=1, upload=_upload("ny.txt"))
    assert purge_files() == 0
    StoredFile.objects.update(created_at=timezone.now() - KEPT - timedelta(days=1))
    assert purge_files() == 1
    assert [stored.name for stored in StoredFile.objects.all()] == ["ny.txt"]
    Round.objects.update(state="closed", closed_at=timezone.now() - KEPT - timedelta(days=1))
    assert purge_files() == 1


def test_handed_over_file_outlives_the_round() -> None:
    asked = _asked()
    attach(by=holder(asked), place=PLAN, base=0, upload=_upload())
    hand_over(by=holder(asked))
    StoredFile.objects.update(created_at=timezone.now() - KEPT - timedelta(days=1))
    Round.objects.update(state="closed", closed_at=timezone.now() - KEPT - timedelta(days=1))
    assert purge_files() == 0
