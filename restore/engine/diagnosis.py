"""What the engine's words mean for the user: what is wrong, and the command that fixes it. Pure.

The words are those of pulumi 3.259.0, each seen in tests/fixes but where a comment
names another source.
"""

import re
import shlex
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from restore.model.errors import AGAIN, ALLOW, BUSY, DENIED, EXPIRED, LOGIN
from restore.table.config.labels import is_label

_AGAIN = "then the same command"
_LOGIN = (
    "pulumi login <the team's backend>, such as s3://bucket, or pulumi login for Pulumi Cloud;"
    f" in a pipeline PULUMI_BACKEND_URL or PULUMI_ACCESS_TOKEN; {_AGAIN}"
)
_PASSPHRASE = (
    "export PULUMI_CONFIG_PASSPHRASE=<the stack's passphrase>, or: unset PULUMI_CONFIG_PASSPHRASE;"
    f" export PULUMI_CONFIG_PASSPHRASE_FILE=<a file with it>; {_AGAIN}"
)
"""Of the two variables the engine reads the first one, also where it is wrong or empty."""
_BACKEND = "export PULUMI_BACKEND_URL=<the team's backend>"
_ANOTHER = f"{_BACKEND}, or: unset PULUMI_BACKEND_URL; pulumi login <the team's backend>; {_AGAIN}"
"""The variable goes before Pulumi.yaml and before a login."""
_UNREACHABLE = f"once it answers: the same command; where it is the wrong one: {_BACKEND}"
_INSTALL = f"pulumi install (in a checkout of this project: make setup); {_AGAIN}"
UPGRADE = f"pulumi state upgrade; pulumi stack select <stack>; {_AGAIN}"
"""For a backend of the old layout: after the upgrade no stack is selected any more."""
_PUT_BACK = (
    "put the file back from the backend's own versions or a backup; pulumi stack export shows"
    f" whether it can be read; {_AGAIN}"
)
_LEGACY = (
    r"Legacy DIY state is deprecated|Found legacy stack|readStack.*stack name may only contain"
    # The program's own words (restore/table/engine.py).
    r"|keeps its stacks in the old layout"
)
_NOT_INSTALLED = (
    r"doesn't appear to be a virtual environment|virtualenv.{0,80}doesn't exist"
    r"|no resource plugin|executable file not found in \$PATH"
)
_ENGINE_EXPIRED = (
    *(f"api error {code}:" for code in EXPIRED),
    "failed to refresh cached credentials",
    "No valid credential sources found",
)
"""The words of the AWS SDK for Go and of the provider."""
_ENGINE_AGAIN = re.compile(
    rf"StatusCode: 5\d\d|api error ({'|'.join(sorted(BUSY))}):"
    "|exceeded maximum number of attempts|request send failed"
)
_WRAPPING = re.compile(r"(^|: )\d+ errors? occurred:$")
_LOGGED = re.compile(r"^sdk-v2/\S+ sdk\.helper_schema: (?P<words>.*): provider=\S+$")
_SUMMARIES = {"update failed", "preview failed", "refresh failed"}
_TABLE = "aws:dynamodb/table:Table"


class Kind(StrEnum):
    """What a failed call of the engine was about."""

    BACKEND = "backend"
    CHECKPOINT = "checkpoint"
    DATE = "date"
    LAYOUT = "layout"
    LOGIN = "login"
    PACKAGES = "packages"
    PROJECT = "project"
    PROTECTED = "protected"
    SECRETS = "secrets"


@dataclass(frozen=True)
class Diagnosis:
    """A failed call of the engine, understood.

    Attributes:
        says: What is wrong, one sentence.
        fix: The command that fixes it.
    """

    kind: Kind
    says: str
    fix: str


_KNOWN: tuple[tuple[str, Kind, str, str], ...] = (
    (
        r"passphrase must be set with PULUMI_CONFIG_PASSPHRASE",
        Kind.SECRETS,
        "the passphrase of the stack's secrets is not set.",
        _PASSPHRASE,
    ),
    (
        r"incorrect passphrase",
        Kind.SECRETS,
        "the passphrase that is set is not the one of this stack's secrets.",
        _PASSPHRASE,
    ),
    (
        # The last two are Pulumi Cloud's (pkg/backend/httpstate), not seen here.
        r"PULUMI_ACCESS_TOKEN must be set for login|invalid access token|\[401\] Unauthorized",
        Kind.LOGIN,
        "nobody is logged in to a backend of Pulumi here.",
        _LOGIN,
    ),
    (
        _LEGACY,
        Kind.LAYOUT,
        "the backend keeps its stacks in the old layout, without projects.",
        UPGRADE,
    ),
    (
        r"unable to open state directory (?P<what>\"[^\"]+\")",
        Kind.BACKEND,
        "the backend's folder {what} does not exist.",
        _ANOTHER,
    ),
    (
        r"could not list bucket|performing HTTP request|read \"\.pulumi/meta\.yaml\": blob",
        Kind.BACKEND,
        "the backend cannot be reached: {text}",
        _UNREACHABLE,
    ),
    (
        r"failed to load checkpoint|place \d+: unexpected end of JSON input",
        Kind.CHECKPOINT,
        "the stack's checkpoint in the backend is empty or damaged.",
        _PUT_BACK,
    ),
    (
        r"invalid character '-' after top-level value|invalid jsonType: time\.Time",
        Kind.DATE,
        "a date under config: of Pulumi.yaml has no quotes, and Pulumi cannot read it.",
        f"put quotes around the date in Pulumi.yaml; {_AGAIN}",
    ),
    (
        r"could not (?:validate|unmarshal) '[^']*Pulumi\.yaml'",
        Kind.PROJECT,
        "Pulumi.yaml is no project: {text}",
        f"correct it in an editor (git diff -- Pulumi.yaml); {_AGAIN}",
    ),
    (
        r"ModuleNotFoundError: No module named '(?P<what>[^']+)'",
        Kind.PACKAGES,
        "the program's Python has no module {what}.",
        _INSTALL,
    ),
    (
        # sdk/python/toolchain of pulumi: both sentences of ValidateVenv.
        _NOT_INSTALLED,
        Kind.PACKAGES,
        "the program's Python environment, or a plugin that it needs, is not installed.",
        _INSTALL,
    ),
)
_PROTECTED = re.compile(
    r'resource "(?P<urn>urn:[^"]+)" cannot be (?P<verb>deleted|replaced)\s+because it is protected'
)


def diagnose(text: str, retained: Collection[str] = ()) -> Diagnosis | None:
    """What the engine's words mean; None where they are nothing that is known.

    Args:
        text: What the engine said, without the progress that it shows.
        retained: URNs of the tables that stay in AWS when they leave the stack.
    """
    if protected := _PROTECTED.search(text):
        return _protected(protected["urn"], protected["verb"], retained)
    for pattern, kind, says, fix in _KNOWN:
        if found := re.search(pattern, text, re.DOTALL):
            what = found.groupdict().get("what", "")
            return Diagnosis(kind, says.format(what=what, text=_last(text)), fix)
    return None


def _protected(urn: str, verb: str, retained: Collection[str]) -> Diagnosis:
    """To unprotect a table that nothing retains would be the first half of losing it.

    So it would be of a parameter, of a policy and of what is a team's own: only what hangs on a
    label's table may go with it.
    """
    logical = urn.rpartition("::")[2]
    name = f"{urn.split('::')[2].rpartition(':')[2]} {logical}"
    says = f"{name} is protected, and so cannot be {verb}."
    leaves = urn in retained if _TABLE in urn else _hangs_on_a_label(logical)
    if verb == "replaced" or not leaves:
        keep = f"pulumi preview --diff, and change the program so that {name} stays as it is"
        return Diagnosis(Kind.PROTECTED, says, keep)
    return Diagnosis(
        Kind.PROTECTED, says, f"pulumi state unprotect --yes {shlex.quote(urn)}; {_AGAIN}"
    )


def _hangs_on_a_label(logical: str) -> bool:
    """Whether the name is one of `stacks.dependents`, such as `orders.restored.policy`."""
    table, _, rest = logical.partition(".")
    label, _, kind = rest.partition(".")
    return bool(table and kind) and is_label(label)


def _last(text: str) -> str:
    return f"{text.strip().splitlines()[-1].strip().rstrip('.')}."


def words_of(error: str) -> str:
    """The engine's own words in the text of an `automation.CommandError`.

    That holds `code:`, `stdout:` and `stderr:`, whichever are empty.
    """
    stdout, _, stderr = error.partition("\n stderr:")
    said = _without_warnings(stderr) or _without_warnings(stdout.partition("stdout:")[2])
    return said or error.strip()


def _without_warnings(text: str) -> str:
    lines = (line.strip() for line in text.strip().splitlines())
    return "\n".join(line.removeprefix("error: ") for line in lines if line and set(line) != {"="})


def essence(said: Iterable[str]) -> str:
    """What the engine and its provider said, each thing once: they say it in up to three ways."""
    lines: dict[str, None] = {}
    for line in (line for message in said for line in message.splitlines()):
        words = line.strip().removeprefix("* ")
        logged = _LOGGED.match(words)
        if words and words not in _SUMMARIES and not _WRAPPING.search(words):
            lines[logged["words"] if logged else words] = None
    return "\n".join(lines)


def engine_fix(text: str) -> str | None:
    """What to do about an AWS error in what the engine said; None where it is none of these."""
    if any(words in text for words in _ENGINE_EXPIRED):
        return LOGIN
    if any(f"api error {code}:" in text for code in DENIED):
        return ALLOW
    return AGAIN if _ENGINE_AGAIN.search(text) else None
