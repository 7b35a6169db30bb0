"""Which stack is selected, and what to do where none is."""

import shlex

from pulumi import automation

from restore.engine.backend import copies_alone, old_layout
from restore.engine.diagnosis import UPGRADE
from restore.model.errors import UsageError

_UNTOUCHED = "Nothing was touched."


def selected_in(workspace: automation.LocalWorkspace, project: str) -> str:
    summary = workspace.stack()
    if summary is None:
        raise no_stack("No stack is selected.", workspace, project, None)
    return summary.name


def no_stack(
    wrong: str, workspace: automation.LocalWorkspace, project: str, stack: str | None
) -> UsageError:
    url = str(workspace.who_am_i().url)
    if old_layout(url):
        layout = "Its stacks have the old layout, without projects."
        return UsageError(f"{wrong} {layout}", f"{_UNTOUCHED} The backend is {url}.", UPGRADE)
    copies = copies_alone(url, project, stack)
    if copies:
        here = ", ".join(str(each.with_suffix("")) for each in copies)
        back = (("cp", "-n", str(each), str(each.with_suffix(""))) for each in copies)
        found = copies[0].name.removesuffix(".json.bak")
        return UsageError(
            f"{wrong} Its checkpoint is missing in the backend, and the engine's copy is left:"
            f" {here}. A stack that was removed on purpose leaves one, too.",
            _UNTOUCHED,
            f"{'; '.join(map(shlex.join, back))}, which may be one step behind; pulumi stack select"
            f" {found}; then the same command",
        )
    choose = "--stack NAME, or pulumi stack select NAME; pulumi stack ls names them"
    return UsageError(wrong, f"{_UNTOUCHED} The backend is {url}.", choose)
