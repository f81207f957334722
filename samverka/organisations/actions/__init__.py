"""What changes the register. Import the theme: `from samverka.organisations.actions import facts`;
`facts.change_facts(by=…)`.

Every function is keyword-only, takes `by` (a user; None is the system), asks its own rule (NotAllowed), writes an
audit row in the same transaction,
and keeps search and order right in it. Where a row has a version, a stale one raises Conflict with `theirs` and `yours`
({field: text}) in its details, and nothing is written.
"""
