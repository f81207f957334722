import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from samverka.kernel import reference


def test_pages_are_those_of_the_kernel_and_of_the_apps():
    assert {"settings.md", "emails.md", "jobs.md", "data-model.md", "roles.md"} <= reference.pages().keys()


def test_settings_page_names_every_setting():
    page = reference.settings_markdown()
    assert all(f"`{name}`" in page for name in settings.SETTINGS_REFERENCE)


def test_data_model_names_tables_columns_and_rules():
    page = reference.data_model_markdown()
    assert "### AuditEntry (`kernel_auditentry`)" in page
    assert "| `state` | Char(12) | one of queued, sent, failed, cancelled |" in page
    assert "- `outbox_sent_has_time`: CheckConstraint" in page


def test_jobs_page_says_when_each_runs():
    assert "| `samverka.kernel.tasks.purge` | `17 2 * * *` |" in reference.jobs_markdown()


def test_pages_are_stale_until_written(tmp_path):
    assert reference.stale_pages(tmp_path) == sorted(reference.pages())
    reference.write_pages(tmp_path)
    assert reference.stale_pages(tmp_path) == []
    (tmp_path / "jobs.md").write_text("something else")
    assert reference.stale_pages(tmp_path) == ["jobs.md"]


def test_check_fails_on_a_stale_page(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match=r"jobs\.md"):
        call_command("generate_reference", "--check")
