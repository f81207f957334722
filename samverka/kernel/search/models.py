"""What search holds: texts that anybody may read, their passages, the words they are written with, and what was missed.

A text with a readers' circle is never here: sources of their own are asked for those (ADR 11).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class SearchText(models.Model):
    """A text that anybody may find. `owner` is the row it was made from ("knowledge.page:7"); `object_id` what its
    address is made of. `keywords` is found but never shown. Places are codes, fields keys of the register's.
    """

    owner = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="sv")
    forms = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    field_ids = ArrayField(models.IntegerField(), default=list, blank=True)
    county_id = models.CharField(max_length=4, blank=True)
    municipality_id = models.CharField(max_length=4, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    found_from = models.DateTimeField(help_text="when it could first be found")
    search_vector = SearchVectorField(editable=False)

    class Meta:
        indexes = [
            GinIndex(fields=["search_vector"], name="search_text_words"),
            models.Index(fields=["owner"], name="search_text_by_owner"),
            models.Index(fields=["found_from", "id"], name="search_text_newest"),
        ]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_text_once")]

    def __str__(self) -> str:
        return self.title


class SearchPassage(models.Model):
    """A piece of a long text, small enough to be shown an excerpt of; `page` is the page of a PDF, from 1.
    `text_id` is the key of its SearchText: written and removed with it (documents.py).
    """

    text_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True, blank=True)
    body = models.TextField()
    search_vector = SearchVectorField(editable=False)

    class Meta:
        ordering = ["text_id", "number"]
        constraints = [models.UniqueConstraint(fields=["text_id", "number"], name="search_passage_once")]

    def __str__(self) -> str:
        return f"{self.text_id}:{self.number}"


class SearchWord(models.Model):
    """A word of the indexed texts: its stem, the stems it is put together of, how many texts have it.

    The empty word counts the texts. `count` is made anew at night; a word that came today counts as one.
    """

    word = models.CharField(max_length=80, primary_key=True, db_collation="C")
    stem = models.CharField(max_length=80, db_collation="C")
    parts = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["stem"], name="search_word_by_stem"),
            GinIndex(fields=["parts"], name="search_word_by_parts", condition=~Q(parts=[])),
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trgm"),
        ]

    def __str__(self) -> str:
        return self.word


class MissedMark(models.Model):
    """A question that too few have asked and nobody has found an answer to: a keyed mark in the place of its words, on
    how many days it was asked, and for each visitor one of 256 marks.
    """

    mark = models.CharField(max_length=64, unique=True)
    first_day = models.DateField(db_index=True)
    last_day = models.DateField()
    days = models.PositiveSmallIntegerField(default=1)
    visitors = ArrayField(models.PositiveSmallIntegerField(), default=list)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.mark[:8]


class MissedSearch(models.Model):
    """What enough visitors have searched for and not found: the words and how often on a day, never by whom."""

    day = models.DateField()
    words = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-day", "-count"]
        constraints = [
            models.UniqueConstraint(fields=["day", "words"], name="missed_search_once"),
            models.CheckConstraint(condition=~Q(words=""), name="missed_search_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.words}"
