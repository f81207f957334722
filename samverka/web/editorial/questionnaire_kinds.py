"""What each type of question and kind of section is for, where one is chosen."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.questionnaires.enums import QuestionType as T
from samverka.questionnaires.enums import SectionKind

TYPES: dict[T, Any] = {
    T.ONE: _("Den som svarar väljer ett av flera val."),
    T.SEVERAL: _("Den som svarar väljer flera, med ett högsta antal om du vill."),
    T.YES_NO: _("Ja eller nej."),
    T.INTEGER: _("Ett antal eller ett årtal."),
    T.DECIMAL: _("Ett tal som kan ha decimaler, till exempel procent."),
    T.MONEY: _("Ett belopp i kronor."),
    T.SCALE: _("Ett steg på en skala, till exempel 1 till 5, med ord vid ändarna."),
    T.DATE: _("En dag."),
    T.TEXT: _("Några ord på en rad."),
    T.LONG_TEXT: _("Flera meningar."),
    T.PHONE: _("Ett telefonnummer."),
    T.ORGANISATION: _("En förening, kommun eller annan som finns i registret."),
    T.FILE: _("Den som svarar skickar med en fil."),
    T.CALCULATED: _("Räknas fram av andra svar. Ingen svarar på den."),
    T.NOTE: _("En text utan svar."),
}
KINDS: dict[SectionKind, Any] = {
    SectionKind.GROUP: _("Frågor som hör ihop, med rubrik, tid och vem de passar."),
    SectionKind.REPEAT: _("Samma frågor en gång för varje sak, till exempel för varje avtal."),
    SectionKind.MATRIX: _("Flera frågor med samma val, som rader i en tabell."),
}
