"""A small program for the real engine to run."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """A program in a folder of its own, with one stack."""

    folder: Path
    env: dict[str, str]

    def program(self, source: str) -> None:
        (self.folder / "__main__.py").write_text(source)

    def pulumi(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["pulumi", "--non-interactive", "--color=never", *arguments],  # noqa: S607
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
