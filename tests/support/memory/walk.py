"""A random walk over everything that can happen to a table, and what must hold after each step.

The steps: verbs, killed before any effect or not, by an engine that dies with them or goes on;
effects that AWS or the engine refuses; and what people do by hand: deploy any config in plain
Pulumi, edit the file, edit the parameter, delete a table, refresh.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from botocore.exceptions import ClientError

from restore.model.errors import BlockedError, RestoreError
from restore.model.phase import Phase
from restore.model.steps import UPDATES, Step
from restore.model.when import LATEST, When
from restore.perform.transition import update
from restore.table.config.parse import parse
from restore.table.config.problems import ProblemsError
from restore.table.history import flips, rollback_token
from restore.verbs.clean import clean
from restore.verbs.run import run
from restore.verbs.start import start
from restore.verbs.status import status
from restore.verbs.wait import wait
from tests.support.configs.chance import Dice
from tests.support.configs.documents import TABLE, walk_through
from tests.support.configs.transitions import past_by
from tests.support.memory.account_and_stack import Killed, World
from tests.support.memory.facts import NOW, POINT, name, original
from tests.support.memory.faults import (
    PARAMETER,
    TroubledEffects,
    WalkAws,
    WalkStack,
    by_hand,
)

LABELS = ("original", "restored", "restored-2", "restored-3")
OURS = (RestoreError, ProblemsError)
"""What a person may get to see; anything else is a bug."""


def row_of(texts: Mapping[str, str]) -> dict[str, str]:
    """The keys that place labels."""
    return {key: text for key, text in texts.items() if key != "tables"}


@dataclass(frozen=True)
class Look:
    """What a step must not make worse."""

    tables: frozenset[str]
    pointer: str | None
    readable: frozenset[str]

    @property
    def serves(self) -> bool:
        return self.pointer in self.tables and self.pointer in self.readable


@dataclass
class Walk:
    """One walk.

    Attributes:
        log: Every step, and how it ended.
        deployed: Every config that was in the file: an old commit is any of these.
        may_delete: The tables that this step may delete.
        may_move: Whether this step may move clients.
        cut_short: This step is the short way by hand, killed. Its one update narrows the grant
            just before it moves the pointer; between them clients are denied until it is repeated.
    """

    dice: Dice
    world: World = field(init=False)
    log: list[str] = field(default_factory=list)
    deployed: list[dict[str, str]] = field(default_factory=list)
    may_delete: frozenset[str] = frozenset()
    may_move: bool = False
    cut_short: bool = False

    def __post_init__(self) -> None:
        past = past_by("serving")
        tables = {name("original"): original()}
        aws = WalkAws(TroubledEffects(), tables, {PARAMETER: str(past.pointed)})
        self.world = World(aws, WalkStack(aws, walk_through(), {TABLE: past}))
        self.deployed = [self.stack.texts]

    @property
    def aws(self) -> WalkAws:
        assert isinstance(self.world.aws, WalkAws)
        return self.world.aws

    @property
    def stack(self) -> WalkStack:
        assert isinstance(self.world.stack, WalkStack)
        return self.world.stack

    @property
    def effects(self) -> TroubledEffects:
        assert isinstance(self.aws.effects, TroubledEffects)
        return self.aws.effects

    def look(self) -> Look:
        return Look(
            frozenset(self.aws.tables),
            self.aws.parameters.get(PARAMETER),
            self.world.past.covered,
        )

    @property
    def edited(self) -> bool:
        """Whether someone edited the parameter, so that a refresh would take it for meant."""
        return self.aws.parameters.get(PARAMETER) != self.world.past.pointed

    # The steps.

    def step(self) -> None:
        """One random step, and what must hold after it."""
        kinds = {self.verb: 12, self.deploy: 4, self.edit_file: 1, self.hand: 2}
        kind = self.dice.choices([*kinds], [*kinds.values()])[0]
        self.aws.looks = self.dice.randrange(4)
        self.may_delete, self.may_move, self.cut_short = frozenset(), self.edited, False
        before, ended = self.look(), ""
        try:
            kind()
            ended = "done"
        except (Killed, ClientError) as error:
            ended = f"{type(error).__name__}: {error}"
        except OURS as error:
            ended = f"{type(error).__name__}: {str(error).splitlines()[0]}"
        finally:
            self.effects.left = self.effects.fails = None
            self.stack.outlives = False
            self.log[-1] += f"\n    → {ended}\n    {self.where()}"
        if self.stack.texts not in self.deployed:
            self.deployed.append(self.stack.texts)
        if kind != self.hand:
            self.check(before, self.look())

    def where(self) -> str:
        past = self.world.past
        return (
            f"[{self.aws.parameters.get(PARAMETER)}; AWS {sorted(self.aws.tables)}; state"
            f" {sorted(past.physical)} pointed {past.pointed} reads {sorted(past.covered)}"
            f" {past.history}; file {row_of(self.stack.texts)}]"
        )

    def trouble(self) -> str:
        """Lets the next effects go well, or kills or fails one of them."""
        which = self.dice.randrange(10)
        at = self.dice.randrange(7)
        if which < 2:
            self.effects.left = at
            return f" killed before effect {at}"
        if which == 2:
            self.effects.left, self.stack.outlives = at, True
            return f" killed before effect {at}, its engine goes on"
        if which == 3:
            self.effects.fails = (at, moment := self.dice.choice(("before", "after")))
            return f" failing {moment} effect {at}"
        return ""

    def verb(self) -> None:
        label = self.dice.choice((*LABELS, *[None] * 12))
        when = self.dice.choice(
            (LATEST, LATEST, When(age=timedelta(minutes=90)), When(at=POINT), When(at=NOW))
        )
        verb = self.dice.choice(("start", "wait", "run", "clean", "status", *UPDATES))
        self.log.append(f"{verb} --as {label} --to {when}{self.trouble()}")
        self.call(verb, label, when)

    def call(self, verb: str, label: str | None = None, when: When = LATEST) -> None:
        """A verb, as the command line calls it."""
        session = self.world.session(sure=True, label=label)
        self.may_move = self.edited or verb in {"run", "switch", "rollback"}
        match verb:
            case "start":
                start(session, when)
            case "wait":
                wait(session)
            case "run":
                run(session, when, 0, lambda *_: None)
            case "status":
                status(session)
            case "clean":
                chosen = label or self.dice.choice(LABELS)
                self.may_delete = frozenset({name(chosen)})
                clean(replace(session, label=None), chosen, name(chosen))
            case _:
                update(session, Step(verb))

    def deploy(self) -> None:
        """Any config in plain Pulumi: what is in the file, an old commit, or a new idea."""
        kind = self.dice.choice(("file", "old commit", "old commit", "new"))
        texts = {
            "file": lambda: self.stack.texts,
            "old commit": lambda: self.dice.choice(self.deployed),
            "new": self.idea,
        }[kind]()
        if self.dice.random() < 0.25:
            self.effects.left = self.dice.randrange(4)
        killed = "" if self.effects.left is None else f", killed before effect {self.effects.left}"
        self.log.append(f"pulumi up of {row_of(texts)}, {kind}{killed}")
        (config,) = parse(texts).tables
        before = flips(config, self.world.past)
        token = rollback_token(before)
        new = config.active not in before
        self.cut_short = self.effects.left is not None and before[-1] not in config.labels
        self.may_move |= new or config.rollback_from == token
        by_hand(self.stack, texts)

    def idea(self) -> dict[str, str]:
        """Labels in any places that parse, and a token or none."""
        active, *others = self.dice.sample(LABELS[:3], 3)
        standby = self.dice.randint(0, 2)
        row: dict[str, Any] = {"activeTable": active, "standbyTables": others[:standby]}
        row["adoptTables"] = others[standby : self.dice.randint(standby, 2)]
        if self.dice.random() < 0.3:
            row["rollbackFrom"] = self.dice.choice(others) + self.dice.choice(("", ":2"))
        return walk_through(**row)

    def edit_file(self) -> None:
        """Someone edits the config, or checks an old one out, and deploys nothing."""
        self.stack.texts = self.dice.choice((self.idea(), self.dice.choice(self.deployed)))
        self.log.append("the file is edited")

    def hand(self) -> None:
        """Someone in the console, who knows nothing of the stack."""
        kind = self.dice.choice(("parameter", "delete", "refresh", "parameter back"))
        self.log.append(f"by hand: {kind}")
        if kind == "parameter":
            value = self.dice.choice((*map(name, LABELS), "no-such-table"))
            self.log[-1] += f" = {value}"
            self.aws.parameters[PARAMETER] = value
        elif kind == "delete" and self.aws.tables:
            gone = self.dice.choice(sorted(self.aws.tables))
            self.log[-1] += f" {gone}"
            self.aws.vanish(gone)
        elif kind == "refresh" and not self.edited:
            self.stack.refresh()
        elif kind == "parameter back":
            self.put_the_parameter_back()

    def put_the_parameter_back(self) -> None:
        self.aws.parameters[PARAMETER] = str(self.world.past.pointed)

    # What must hold.

    def check(self, before: Look, now: Look) -> None:
        gone = before.tables - now.tables
        assert gone <= self.may_delete, f"{gone} was deleted"
        for each in now.tables - before.tables:
            assert self.aws.tables[each].origin, f"{each} was created empty"
        if now.pointer != before.pointer:
            assert self.may_move, f"clients were moved from {before.pointer} to {now.pointer}"
            assert now.serves, f"clients were moved to {now.pointer}, which does not serve"
        if before.serves and not self.edited and not self.cut_short:
            assert now.serves, f"{now.pointer} served, and serves no more"

    # The end.

    def converge(self) -> Phase:
        """Does what `status` says, until it says that nothing is to be done."""
        self.log.append("--- and now as status says")
        if self.edited:
            self.put_the_parameter_back()
        for _ in range(40):
            self.aws.looks = 1
            (table,) = status(self.world.session())["tables"].values()
            self.log.append(f"{table['phase']}; next: {table['next']}\n    {self.where()}")
            if table["next"].startswith("nothing"):
                return Phase(table["phase"])
            offered = table["next"].replace("python -m restore ", "").split(", or ")
            verb, *named = self.dice.choice(offered).split()
            label = named[1] if named[:1] == ["--as"] else None
            before = self.look()
            self.log.append(f"{verb} --as {label}")
            try:
                self.call(verb, label)
            except BlockedError as error:
                self.fix(error)
            self.check(before, self.look())
        raise AssertionError("no end")

    def fix(self, error: BlockedError) -> None:
        """Does what the refusal says: another verb, or a config in plain Pulumi."""
        self.log.append(str(error))
        if error.fix.startswith("pulumi config set"):
            *sets, up, _ = error.fix.split("; ")
            assert up.startswith("pulumi up")
            said = dict(each.replace("--path ", "").split()[-2:] for each in sets)
            said["standbyTables"] = json.dumps([said.pop("'standbyTables[0]'")])
            assert by_hand(self.stack, {**walk_through(), **said})
        else:
            assert error.fix.startswith("python -m restore "), error
            self.call(error.fix.removeprefix("python -m restore ").split()[0].rstrip(","))
