"""Which stack is selected, and which one the printed commands and the hooks are about."""

from collections.abc import Callable

from tests.support.engine.world import RESTORED, STACK, World

At = Callable[[str], World]


def test_a_stack_that_is_named_leaves_the_selected_one_selected(at: At) -> None:
    """Someone looks at production; their next plain `pulumi up` was about production as well."""
    world = at("prepared")
    world.pulumi("stack", "init", "another")
    try:
        status = world.restore("status", "--stack", STACK).out
        assert f"next: python -m restore switch --stack {STACK}" in status
        refused = world.restore("adopt", "--stack", "nosuch", code=2)
        assert "There is no stack 'nosuch' in this backend" in refused.err
        with world.config() as config:
            config["restore-demo:runbook"]["hooks"] = [
                {"after": "switch", "run": ["sh", "-c", "pulumi stack --show-name > hooked"]}
            ]

        world.restore("switch", "--stack", STACK)

        assert world.pulumi("stack", "--show-name").out.strip() == "another"
        assert (world.project / "hooked").read_text().strip() == STACK
        assert world.pointer() == (RESTORED, 2)
    finally:
        world.pulumi("stack", "select", STACK)
