"""What lies in a file backend beside the stacks that the engine finds there."""

from pathlib import Path
from urllib.parse import unquote


def old_layout(url: str) -> bool:
    """Whether the backend is a folder that keeps stacks without their projects, and no others."""
    if not url.startswith("file://"):
        return False
    stacks = _home(url) / ".pulumi" / "stacks"
    return any(stacks.glob("*.json")) and not any(each.is_dir() for each in stacks.iterdir())


def copies_alone(url: str, project: str, stack: str | None) -> list[Path]:
    """Checkpoints of which only the engine's copy (`.bak`) is left: to it the stack is unknown.

    Args:
        url: The backend; only a folder is looked into.
        project: The project's name.
        stack: The stack that was asked for, without organization and project; None for any, where
            the project has no other one: `pulumi stack rm` leaves a copy, too.
    """
    if not url.startswith("file://"):
        return []
    folder = _home(url) / ".pulumi" / "stacks" / project
    if stack is None and any(folder.glob("*.json")):
        return []
    copies = sorted(folder.glob(f"{stack or '*'}.json.bak"))
    return [each for each in copies if not each.with_suffix("").exists()]


def _home(url: str) -> Path:
    return Path(unquote(url.removeprefix("file://"))).expanduser()
