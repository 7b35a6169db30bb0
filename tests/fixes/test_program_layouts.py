"""The same fixes where the config is not simply in the stack's file: nothing of it is lost."""

import json

import pytest

from restore.table.config.parse import parse
from restore.table.config.written import read
from tests.fixes.by_hand import done
from tests.fixes.folder import PROJECT, TABLE, Folder
from tests.fixes.sites import printed
from tests.support.configs.documents import entry
from tests.support.engine.world import STACK

ANCHORS = """\
config:
  restore-demo:activeTable: original
  restore-demo:tables:
    orders: &orders # what both have
      hashKey: id
      attributes: &keys
        - {name: id, type: S}
      billingMode: PAY_PER_REQUEST
      names: {original: orders}
    users:
      <<: *orders
      names: {original: users}
      ttl:
        enabled: true
      readCapacity: 5
"""


def with_anchors(folder: Folder) -> None:
    folder.write({})
    with folder.file.open("a") as file:
        file.write(ANCHORS)


def test_fixes_in_a_file_with_anchors_leave_them_there(folder: Folder) -> None:
    """`pulumi config set` writes out what they stand for, and two tables no longer have it once."""
    with_anchors(folder)
    said = folder.judged(parse)
    set_it = printed(said, "restore/table/config/rules.py:_ttl_names_its_attribute")
    remove_it = printed(said, "restore/table/config/dependent_rules.py:_capacity_fits_billing")
    assert set_it.startswith("in stacks/Pulumi.sandbox.yaml, line ")

    done(folder, set_it, {"<attribute>": "expires"})
    assert folder.judged(parse).count("fix:") == 1
    done(
        folder,
        printed(
            folder.judged(parse), "restore/table/config/dependent_rules.py:_capacity_fits_billing"
        ),
    )

    assert remove_it.endswith("remove tables.users.readCapacity")
    assert folder.judged(parse) == ""
    assert "<<: *orders" in folder.file.read_text()


def test_a_key_in_both_files_is_removed_from_both(folder: Folder) -> None:
    """`pulumi config rm` would bring back what Pulumi.yaml says, and the same message with it."""
    wrong = {"forgetTables": [TABLE]}
    folder.write({"tables": {TABLE: entry()}, **wrong}, shared=wrong)
    fix = printed(folder.judged(parse), "restore/table/config/parse.py:_both_kept_and_forgotten")
    both = fix.partition(", remove ")[0].split(" and ")
    assert [each.split(",")[0] for each in both] == [
        "in stacks/Pulumi.sandbox.yaml",
        "in Pulumi.yaml",
    ]
    for each in both:
        done(folder, f"{each}, remove forgetTables")
    assert folder.judged(parse) == ""


def test_no_part_of_tables_is_set_where_it_is_one_secret(folder: Folder) -> None:
    """`pulumi config set --path` would put the part in place of every table that there is."""
    folder.write({})
    tables = {TABLE: entry(ttl={"enabled": True})}
    typed = folder.run("pulumi", "config", "set", "--secret", "tables", json.dumps(tables))
    assert typed.code == 0, typed.said
    fix = printed(folder.judged(parse), "restore/table/config/rules.py:_ttl_names_its_attribute")
    look, put_back = "pulumi config get tables", "pulumi config set --secret tables '<whole value>'"
    assert look in fix
    assert put_back in fix

    whole = json.loads(folder.run(*look.split()).out)
    whole[TABLE]["ttl"]["attributeName"] = "expires"
    again = put_back.replace("<whole value>", json.dumps(whole))
    assert folder.run("bash", "-c", again).code == 0
    assert folder.judged(parse) == ""
    assert json.loads(folder.texts()["tables"]) == {
        TABLE: entry(ttl={"enabled": True, "attributeName": "expires"})
    }


@pytest.mark.parametrize("wrong", ["ttl", "tll", "billingMode", "hashKey"])
def test_no_message_shows_a_secret_that_stands_below_tables(folder: Folder, wrong: str) -> None:
    """A log is read by more people than a stack's config."""
    secret = "s3cret"  # noqa: S105 - it guards nothing
    folder.write({"tables": {TABLE: entry()}})
    path = f"tables.{TABLE}.{wrong}" + (".key" if wrong == "hashKey" else "")
    if wrong == "hashKey":
        folder.run("pulumi", "config", "rm", "--path", f"tables.{TABLE}.hashKey")
    typed = folder.run("pulumi", "config", "set", "--secret", "--path", path, secret)
    assert typed.code == 0, typed.said
    said = folder.judged(parse)
    assert f"tables.{TABLE}.{wrong}" in said
    assert secret not in said


def test_what_stands_in_neither_file_is_changed_where_it_stands(folder: Folder) -> None:
    """Such as in an environment that the stack's file names: there is no line to say."""
    folder.write({})
    found = read(folder.project, STACK, PROJECT, [f"{PROJECT}:tables"], ())
    assert found.by_hand(("tables", TABLE, "ttl")) == "in the file where it stands"
    assert found.by_hand(("standbyTables", 0)) is None
