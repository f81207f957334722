"""django-newsletter sends a letter of the same size by its own loop: `python -m bench.send_peer COUNT PORT`.

Its database is SQLite in memory, which costs it less than a server would.
"""

import logging
import sys
import time
from datetime import timedelta


def main(count: int, port: int) -> None:
    """Print the mails a second of its `submit()`."""
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="bench", SITE_ID=1, USE_TZ=True, ROOT_URLCONF="newsletter.urls", LANGUAGE_CODE="en",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sites", "newsletter"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        NEWSLETTER_THUMBNAIL="sorl-thumbnail",
    )  # fmt: skip
    _without_pictures()
    logging.disable(logging.CRITICAL)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    submission = _prepared(count)
    before = time.perf_counter()
    submission.submit()
    print(count / (time.perf_counter() - before))


def _without_pictures() -> None:
    """Let it do without a thumbnail package: the letter has no pictures."""
    from types import ModuleType

    from django.db.models import ImageField

    made = {name: ModuleType(name) for name in ("sorl", "sorl.thumbnail", "sorl.thumbnail.fields")}
    made["sorl"].thumbnail = made["sorl.thumbnail"]  # type: ignore[attr-defined]
    made["sorl.thumbnail"].fields = made["sorl.thumbnail.fields"]  # type: ignore[attr-defined]
    made["sorl.thumbnail.fields"].ImageField = ImageField  # type: ignore[attr-defined]
    sys.modules.update(made)


def _prepared(count: int) -> "Submission":  # noqa: F821
    from django.contrib.sites.models import Site
    from django.utils import timezone
    from newsletter.models import Article, Message, Newsletter, Submission, Subscription

    newsletter = Newsletter.objects.create(
        title="Nyheter", slug="nyheter", email="nyhetsbrev@exempel.example", sender="Exempelmyndigheten", send_html=True
    )
    newsletter.site.add(Site.objects.get_current())
    message = Message.objects.create(title="Tre nyheter", slug="tre", newsletter=newsletter)
    words = "Föreningar och kommuner i hela landet har berättat hur de arbetar tillsammans. " * 6
    for number in range(5):
        Article.objects.create(title=f"Nyhet {number}", text=words, post=message, sortorder=number)
    Subscription.objects.bulk_create(
        [
            Subscription(newsletter=newsletter, email_field=f"p{n}@peer{n % 300}.example", subscribed=True,
                         activation_code="x", subscribe_date=timezone.now())
            for n in range(count)
        ]
    )  # fmt: skip
    submission = Submission.from_message(message)
    submission.prepared = True
    submission.publish_date = timezone.now() - timedelta(seconds=1)
    return submission


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
