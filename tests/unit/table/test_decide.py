"""The three promises of the program one by one, where the pairs of rows do not reach.

Not here: every config over every past (test_pairs.py), sequences of updates (test_sequences.py).
"""

from dataclasses import replace
from typing import Any

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import Problem, RefusedError
from restore.table.decide import decide
from restore.table.history import rollback_token
from restore.table.past import TablePast
from tests.support.configs.documents import TABLE, entry, texts, walk_through
from tests.support.configs.transitions import ROWS, deploy, past_by

SERVING = past_by("serving")
PREPARED = past_by("serving adopted prepared")
SWITCHED = past_by("serving adopted prepared switched")
AT = f"tables.{TABLE}"


def refusals(past: dict[str, TablePast], document: dict[str, Any]) -> tuple[Problem, ...]:
    with pytest.raises(RefusedError) as caught:
        decide(parse(texts(document)), past)
    return caught.value.problems


def over(past: TablePast, **keys: Any) -> tuple[Problem, ...]:
    """The refusals where the table's entry has some other keys."""
    return refusals({TABLE: past}, {"tables": {TABLE: entry(**keys)}})


class TestNothingLeavesThatMayBeDeleted:
    """`pulumi import` and `state move` bring tables in without the retain flag."""

    IMPORTED = replace(SERVING, physical={**SERVING.physical, "restored": "restored-by-hand"})

    def test_a_table_that_no_complete_update_declared_is_not_forgotten(self) -> None:
        past = {TABLE: self.IMPORTED, "carts": TablePast()}
        document = {"tables": {"carts": entry()}, "forgetTables": [TABLE]}
        (problem,) = refusals(past, document)
        assert "may lack the retain flag" in problem.wrong


class TestATeamsOwnResources:
    def test_their_parameter_under_our_logical_name_is_not_replaced(self) -> None:
        theirs = TablePast(parameter="/shop/orders", pointed="42")
        problem = over(theirs)[0]
        assert "would delete /shop/orders, which this stack holds" in problem.wrong
        assert problem.fix == f"another key than {TABLE} below tables"

    def test_a_table_that_was_never_ours_is_not_forgotten(self) -> None:
        theirs = TablePast(parameter="/shop/orders", pointed="42", policy="orders")
        assert decide(parse(texts({"tables": {TABLE: entry()}})), {"orders": theirs})


class TestClientsStay:
    """A pointer that came into the state from elsewhere says where clients are."""

    @pytest.mark.parametrize(
        ("named", "keys", "fix"),
        [
            (
                "restore-demo-restored-2-table",
                {},
                "pulumi config set activeTable restored-2",
            ),
            ("old", {"names": {"restored": "old"}}, "pulumi config set activeTable restored"),
            ("old", {}, f"pulumi config set --path {AT}.names.original old"),
        ],
    )
    def test_the_first_update_moves_nobody(
        self, named: str, keys: dict[str, Any], fix: str
    ) -> None:
        past = TablePast(parameter="restore-demo-table-name", pointed=named)
        (problem,) = over(past, **keys)
        assert f"names {named}: taking it over would move every client" in problem.wrong
        assert problem.fix == fix


class TestATableIsCreatedOnce:
    def test_a_new_stack_creates_the_original_with_all_its_settings(self) -> None:
        (original,) = deploy(TablePast(), {}).physical
        assert (original.label, original.imported, original.configured) == ("original", False, True)

    def test_a_table_that_exists_already_is_adopted_from_the_first_update_on(self) -> None:
        """A team with a table of its own: `adoptTables` with the active label in it."""
        (original,) = deploy(TablePast(), {"adoptTables": ["original"]}).physical
        assert original.imported
        assert original.configured

    def test_an_adopted_label_that_is_not_in_use_has_base_settings_only(self) -> None:
        """So that the import matches the restored table exactly."""
        original, restored = deploy(SERVING, ROWS["adopted"]).physical
        assert original.configured
        assert not restored.configured

    @pytest.mark.parametrize(
        "known",
        [
            TablePast(physical=SERVING.physical),
            TablePast(exported=SERVING.exported),
            TablePast(parameter=SERVING.parameter, pointed=SERVING.pointed),
            TablePast(history=SERVING.history),
        ],
        ids=["table-in-the-state", "table-in-the-outputs", "pointer", "history"],
    )
    def test_a_trace_of_the_table_is_enough_to_create_nothing(self, known: TablePast) -> None:
        """The original was deleted by hand: the update stops, it does not make an empty one."""
        assert [physical.imported for physical in deploy(known, {}).physical] == [True]

    def test_a_second_table_of_a_known_stack_is_created(self) -> None:
        """The first has a past, the second has none: each is judged by its own."""
        document = {"tables": {TABLE: entry(), "orders": entry()}}
        known, new = decide(parse(texts(document)), {TABLE: SERVING})
        assert [physical.imported for physical in known.physical] == [True]
        assert [physical.imported for physical in new.physical] == [False]


class TestThereIsNoWayBackByAccident:
    def test_the_message_says_what_would_move_and_both_ways_out(self) -> None:
        (problem,) = refusals({TABLE: SWITCHED}, {"tables": {TABLE: entry()}})
        assert str(problem) == (
            "activeTable: would move every client from 'restored' back to 'original', which was"
            " active before, and rollbackFrom does not say 'restored'\n"
            "      fix: pulumi config set activeTable restored; pulumi config set --path"
            " 'standbyTables[0]' original if this is an older commit; to go back on purpose:"
            " pulumi config set --path 'standbyTables[0]' restored;"
            " pulumi config set rollbackFrom restored"
        )

    def test_a_table_with_keys_of_its_own_is_told_to_change_those(self) -> None:
        own = {"activeTable": "original", "standbyTables": [], "rollbackFrom": "restored-2"}
        (problem,) = over(SWITCHED, **own)
        assert problem.path == f"{AT}.activeTable"
        assert f"pulumi config set --path {AT}.activeTable restored" in problem.fix
        assert f"pulumi config set --path '{AT}.standbyTables[0]' restored;" in problem.fix
        assert problem.fix.endswith(f"pulumi config set --path {AT}.rollbackFrom restored")

    def test_a_label_that_is_left_must_stand_by(self) -> None:
        """Going back and dropping in one update would leave no way forward again."""
        assert refusals(
            {TABLE: SWITCHED}, {"tables": {TABLE: entry()}, "rollbackFrom": "restored"}
        ) == (
            Problem(
                "activeTable",
                "would go back to 'original' and drop 'restored' in one update",
                "pulumi config set --path 'standbyTables[0]' restored",
            ),
        )

    def test_a_rollback_that_stands_in_an_old_commit_is_refused_after_switching_again(self) -> None:
        past = past_by("serving adopted prepared switched rolled-back switched-again")
        with pytest.raises(RefusedError, match="rollbackFrom does not say 'restored:2'"):
            deploy(past, ROWS["rolled-back"])

    def test_a_pointer_that_names_no_table_of_the_stack_leaves_the_history_in_charge(self) -> None:
        """Someone wrote into the parameter, and a refresh took it into the state."""
        past = TablePast(
            physical=SWITCHED.physical,
            exported=SWITCHED.exported,
            pointed="someone-elses-table",
            history=SWITCHED.history,
        )
        with pytest.raises(RefusedError, match="from 'restored' back to 'original'"):
            deploy(past, ROWS["serving"])

    def test_the_outputs_know_the_table_that_the_pointer_names_and_the_state_has_lost(self) -> None:
        """Killed after the flip, then the restored table was deleted by hand and refreshed away."""
        past = TablePast(
            physical=SERVING.physical,
            exported=PREPARED.exported,
            pointed=SWITCHED.pointed,
            history=PREPARED.history,
        )
        with pytest.raises(RefusedError, match="from 'restored' back to 'original'"):
            deploy(past, ROWS["serving"])

    @pytest.mark.parametrize(
        ("history", "token"),
        [
            ("original", "original"),
            ("original restored", "restored"),
            ("original restored original", "original"),
            ("original restored original restored", "restored:2"),
            ("original restored original restored original", "original:2"),
            ("original restored original restored original restored", "restored:3"),
            ("original restored restored-2", "restored-2"),
            ("original restored restored-2 restored", "restored"),
            ("original restored restored-2 restored original restored", "restored:2"),
        ],
    )
    def test_each_time_that_a_label_is_left_for_an_earlier_one_has_its_own_token(
        self, history: str, token: str
    ) -> None:
        """Leaving a label for a new one needs no token, so it does not count."""
        assert rollback_token(tuple(history.split())) == token


class TestNothingIsRenamedForgottenOrDemotedByAccident:
    def test_a_label_keeps_its_table(self) -> None:
        """The engine would replace the table, and clients would read an empty one."""
        assert over(SERVING, names={"original": "orders"}) == (
            Problem(
                f"{AT}.names.original",
                "would replace the table restore-demo-original-table by orders:"
                " a label keeps its table for good",
                f"pulumi config set --path {AT}.names.original restore-demo-original-table",
            ),
        )

    def test_a_label_keeps_its_table_even_where_only_the_outputs_know_it(self) -> None:
        """The table was deleted by hand, and a refresh took it out of the state."""
        past = TablePast(exported=SERVING.exported, history=SERVING.history)
        assert [p.path for p in over(past, names={"original": "orders"})] == [
            f"{AT}.names.original"
        ]

    def test_a_label_not_known_yet_may_be_called_anything(self) -> None:
        document = {"tables": {TABLE: entry(names={"restored": "orders"})}, **ROWS["adopted"]}
        (declared,) = decide(parse(texts(document)), {TABLE: SERVING})
        assert declared.physical[1].name == "orders"

    @pytest.mark.parametrize(
        ("key", "was"),
        [
            ("parameterName", "restore-demo-table-name"),
            ("policyName", "restore-demo-read-policy"),
        ],
    )
    def test_parameter_and_policy_keep_their_names(self, key: str, was: str) -> None:
        """The engine deletes the old parameter first: every client fails."""
        assert over(SERVING, **{key: "other"}) == (
            Problem(
                f"{AT}.{key}",
                f"would delete {was}, which clients use, to make other",
                f"pulumi config set --path {AT}.{key} {was}",
            ),
        )

    def test_a_table_that_is_no_longer_in_the_config_is_refused(self) -> None:
        assert refusals({"orders": SERVING, TABLE: SERVING}, {"tables": {TABLE: entry()}}) == (
            Problem(
                "tables.orders",
                "the stack declares table 'orders', which is no longer in the config",
                "put tables.orders back, or, to drop it and keep it in AWS:"
                " pulumi config set --path 'forgetTables[0]' orders",
            ),
        )

    def test_a_table_that_is_to_be_forgotten_is_dropped(self) -> None:
        config = parse(walk_through(forgetTables=["orders", "never-heard-of"]))
        declared = decide(config, {"orders": SERVING, TABLE: SERVING})
        assert [each.table for each in declared] == [TABLE]

    @pytest.mark.parametrize("past", [PREPARED, SWITCHED], ids=["prepared", "switched"])
    def test_a_label_with_all_settings_does_not_go_back_to_base(self, past: TablePast) -> None:
        """Its stream and its tags would be gone, and with them whatever reads the stream."""
        problem = refusals({TABLE: past}, {"tables": {TABLE: entry()}, **ROWS["adopted"]})[0]
        assert problem == Problem(
            "adoptTables",
            "would take the additional settings of 'restored' away, which had them all",
            "pulumi config rm --path 'adoptTables[0]'; pulumi config set --path"
            " 'standbyTables[0]' restored",
        )

    def test_the_active_label_may_stay_in_the_list_of_adopted_ones(self) -> None:
        """A team adopted its own table at first and left the key where it was."""
        (original,) = deploy(SERVING, {"adoptTables": ["original"]}).physical
        assert original.configured

    def test_every_reason_of_every_table_is_in_one_message(self) -> None:
        problems = refusals(
            {TABLE: SWITCHED, "orders": SERVING, "users": SERVING},
            {"tables": {TABLE: entry(policyName="other"), "orders": entry()}},
        )
        assert [problem.path for problem in problems] == [
            f"{AT}.policyName",
            "activeTable",
            "tables.orders.names.original",
            "tables.orders.parameterName",
            "tables.orders.policyName",
            "tables.users",
        ]
        message = str(RefusedError(problems))
        assert message.startswith("This config is refused over what the stack holds. Nothing was")
        assert message.count("\n  - ") == message.count("\n      fix: ") == 6
