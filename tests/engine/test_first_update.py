"""A first update that was killed before the state held what AWS already had, and its repair.

What is left is the engine's lock, and a pending operation in the state. The lock goes with
`pulumi cancel`. The pending operation is a warning in every update from then on, which stops
none; it goes with `pulumi refresh --clear-pending-creates`, once the thing is in the stack.
"""

from tests.support.engine.kills import checkpoint, unlock, up_stopped_at, up_until
from tests.support.engine.pending import pending
from tests.support.engine.world import ORIGINAL, World

TABLE, POLICY, POINTER = (
    "Table restore-demo.original",
    "Policy restore-demo",
    "Parameter restore-demo",
)
ADOPT_POINTER = "tables.restore-demo.adoptPointer"


def killed_after(world: World, action: str) -> None:
    """A first update, killed when AWS had done `action` and nobody but AWS knew."""
    with world.holding(action, "after") as held:
        assert up_until(world, held), "the update ended without the call"
    assert "currently locked" in world.up(fails=True).said
    unlock(world)


def killed_between_table_and_grant(world: World) -> None:
    """A first update, killed when the state had the table, and the grant was not begun."""
    world.begin()
    up_stopped_at(world, "CreateTable", lambda: TABLE in checkpoint(world))
    unlock(world)
    assert POLICY not in checkpoint(world)
    assert pending(world) == []


def identity(world: World) -> tuple[str, ...]:
    """What no two tables of one name have in common."""
    table = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]
    return table["TableId"], str(table["CreationDateTime"])


def assert_repaired(world: World, was: tuple[str, ...]) -> None:
    """Serving, the very same table, nothing left of the kill."""
    assert pending(world) == []
    assert world.phase() == "serving"
    assert world.tables() == {ORIGINAL}
    assert identity(world) == was
    assert world.items(ORIGINAL)["kept"]["value"] == "good"
    assert world.pointer() == (ORIGINAL, 1)
    assert world.granted() == ({ORIGINAL}, "v1")
    assert world.state()[TABLE]["retainOnDelete"]
    world.no_drift()


def test_killed_before_the_table_was_saved(world: World) -> None:
    """The table exists and nobody knows it: a second create is refused, the first one adopted.

    pulumi cancel; pulumi config set --path 'adoptTables[0]' original; pulumi up;
    pulumi config rm adoptTables; pulumi refresh --clear-pending-creates
    """
    killed_after(world, "CreateTable")
    world.put(ORIGINAL, id="kept", value="good")
    was = identity(world)
    assert pending(world) == ["creating restore-demo.original"]
    assert "Table already exists" in world.up(fails=True).said

    world.pulumi("config", "set", "--path", "adoptTables[0]", "original")
    assert "= 1 imported" in world.up().out
    world.pulumi("config", "rm", "adoptTables")
    world.pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    assert_repaired(world, was)


def test_killed_between_the_table_and_the_grant(world: World) -> None:
    """Everything that exists is in the state: `pulumi cancel; pulumi up` carries on."""
    killed_between_table_and_grant(world)
    world.put(ORIGINAL, id="kept", value="good")
    was = identity(world)
    world.up()
    assert_repaired(world, was)


def test_killed_before_the_grant_was_saved(world: World) -> None:
    """Of the two that adoptPointer takes over only one exists, so it takes over that one.

    pulumi cancel; pulumi config set --path tables.restore-demo.adoptPointer true; pulumi up;
    pulumi config rm --path tables.restore-demo.adoptPointer;
    pulumi refresh --clear-pending-creates
    """
    killed_after(world, "CreatePolicy")
    world.put(ORIGINAL, id="kept", value="good")
    was = identity(world)
    assert "EntityAlreadyExists" in world.up(fails=True).said

    world.configure(ADOPT_POINTER, "true")
    said = world.up().out
    assert "= 1 imported" in said
    assert "+ 1 created" in said
    world.pulumi("config", "rm", "--path", ADOPT_POINTER)
    world.pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    assert_repaired(world, was)


def test_killed_before_the_pointer_was_saved(world: World) -> None:
    """The program never overwrites a parameter that it does not own: adoptPointer says it may.

    pulumi cancel; pulumi config set --path tables.restore-demo.adoptPointer true; pulumi up;
    pulumi config rm --path tables.restore-demo.adoptPointer;
    pulumi refresh --clear-pending-creates
    """
    killed_after(world, "PutParameter")
    world.put(ORIGINAL, id="kept", value="good")
    was = identity(world)
    assert "ParameterAlreadyExists" in world.up(fails=True).said

    world.configure(ADOPT_POINTER, "true")
    assert "= 1 imported" in world.up().out
    world.pulumi("config", "rm", "--path", ADOPT_POINTER)
    world.pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    assert_repaired(world, was)
