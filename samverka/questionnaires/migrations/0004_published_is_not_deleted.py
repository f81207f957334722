"""The database keeps what is published: a version that is no draft is not deleted either. Emptying a whole table, as
tests do, is no deletion of rows.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION questionnaires_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'a published version of a questionnaire is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER questionnaires_version_stays BEFORE DELETE ON questionnaires_version
    FOR EACH ROW EXECUTE FUNCTION questionnaires_version_stays();
"""
UNGUARD = """
DROP TRIGGER questionnaires_version_stays ON questionnaires_version;
DROP FUNCTION questionnaires_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_drafts")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
