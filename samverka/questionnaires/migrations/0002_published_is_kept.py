"""The database keeps what is published: only the state of a version that is no draft may change."""

from django.db import migrations

GUARD = """
CREATE FUNCTION questionnaires_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (NEW.document, NEW.fingerprint, NEW.number, NEW.questionnaire_id)
        IS DISTINCT FROM (OLD.document, OLD.fingerprint, OLD.number, OLD.questionnaire_id) THEN
        RAISE EXCEPTION 'a published version of a questionnaire never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER questionnaires_version_is_kept BEFORE UPDATE ON questionnaires_version
    FOR EACH ROW EXECUTE FUNCTION questionnaires_version_is_kept();
"""
UNGUARD = """
DROP TRIGGER questionnaires_version_is_kept ON questionnaires_version;
DROP FUNCTION questionnaires_version_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
