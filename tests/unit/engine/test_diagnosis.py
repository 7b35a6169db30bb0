"""What the engine's words mean, and that no fix is the command that has just failed."""

import pytest

from restore.engine.diagnosis import Kind, diagnose, words_of

URN = "urn:pulumi:dev::shop::aws:dynamodb/table:Table::orders.original"
ALARM = "urn:pulumi:dev::shop::aws:cloudwatch/metricAlarm:MetricAlarm::orders.original.slow"
PARAMETER = "urn:pulumi:dev::shop::aws:ssm/parameter:Parameter::orders"


def protected(urn: str, verb: str = "deleted") -> str:
    return (
        f'Preview failed: resource "{urn}" cannot be {verb}\nbecause it is protected. To unprotect'
        f" the resource, either remove the `protect` flag …\n`pulumi state unprotect '{urn}'`"
    )


@pytest.mark.parametrize(
    ("text", "kind", "says", "fix"),
    [
        (
            (
                "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or"
                " PULUMI_CONFIG_PASSPHRASE_FILE environment variables"
            ),
            Kind.SECRETS,
            "is not set",
            "export PULUMI_CONFIG_PASSPHRASE=",
        ),
        ("incorrect passphrase", Kind.SECRETS, "not the one", "export PULUMI_CONFIG_PASSPHRASE="),
        (
            "PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
            Kind.LOGIN,
            "nobody is logged in",
            "pulumi login",
        ),
        ("Legacy DIY state is deprecated", Kind.LAYOUT, "old layout", "pulumi state upgrade"),
        (
            (
                "invoke of pulumi:pulumi:readStackResourceOutputs failed: a stack name may only"
                " contain alphanumeric"
            ),
            Kind.LAYOUT,
            "old layout",
            "pulumi state upgrade",
        ),
        (
            'unable to open state directory "file:///nowhere": stat /nowhere: no such file',
            Kind.BACKEND,
            '"file:///nowhere" does not exist',
            "export PULUMI_BACKEND_URL=<the team's backend>, or: unset PULUMI_BACKEND_URL; pulumi",
        ),
        (
            'performing HTTP request: Get "https://127.0.0.1:9/api/user": connection refused',
            Kind.BACKEND,
            "connection refused",
            "once it answers: the same command",
        ),
        (
            'read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=Unknown): request send',
            Kind.BACKEND,
            "cannot be reached",
            "once it answers: the same command",
        ),
        (
            "failed to load checkpoint: place 1: unexpected end of JSON input",
            Kind.CHECKPOINT,
            "empty or damaged",
            "put the file back",
        ),
        (
            "invalid character '-' after top-level value",
            Kind.DATE,
            "has no quotes",
            "put quotes around the date",
        ),
        (
            "could not validate '/p/Pulumi.yaml': jsonschema: invalid jsonType: time.Time",
            Kind.DATE,
            "has no quotes",
            "put quotes around the date",
        ),
        (
            "could not validate '/p/Pulumi.yaml': 2 errors occurred:\n * #/name: empty",
            Kind.PROJECT,
            "#/name: empty",
            "correct it in an editor",
        ),
        (
            (
                "Program failed with an unhandled exception:\nTraceback (most recent call last):\n"
                "ModuleNotFoundError: No module named 'pydantic'"
            ),
            Kind.PACKAGES,
            "has no module pydantic",
            "pulumi install",
        ),
        (
            (
                'The "virtualenv" option in Pulumi.yaml is set to ".venv", but ".venv" doesn\'t'
                " appear to be a virtual environment."
            ),
            Kind.PACKAGES,
            "is not installed",
            "pulumi install",
        ),
        (protected(ALARM), Kind.PROTECTED, "orders.original.slow is", "pulumi state unprotect"),
    ],
)
def test_what_the_engine_says_is_understood(text: str, kind: Kind, says: str, fix: str) -> None:
    """Nobody can look up the engine's words at night."""
    found = diagnose(text)

    assert found is not None
    assert found.kind is kind
    assert says in found.says
    assert found.says.endswith(".")
    assert found.fix.startswith(fix)
    assert "python -m restore" not in found.fix


@pytest.mark.parametrize(
    ("text", "retained", "unprotects"),
    [
        (protected(URN), {URN}, True),
        (protected(URN), (), False),
        (protected(URN, "replaced"), {URN}, False),
        (protected(PARAMETER, "replaced"), (), False),
        (protected(PARAMETER), (), False),
        (protected(PARAMETER.replace("orders", "orders.of-others")), (), False),
        (protected(ALARM), (), True),
    ],
)
def test_nothing_is_unprotected_that_would_then_be_lost(
    text: str, retained: set[str], *, unprotects: bool
) -> None:
    """What is out of its program by mistake is held by nothing but `protect`."""
    found = diagnose(text, retained)

    assert found is not None
    assert ("state unprotect" in found.fix) is unprotects


def test_what_is_not_known_is_left_to_the_engines_own_words() -> None:
    assert diagnose("resource 'orders' does not exist") is None


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("\n code: 1\n stdout: \n stderr: error: incorrect passphrase\n", "incorrect passphrase"),
        ("\n code: 255\n stdout: error: half way\n stderr: \n", "half way"),
        ("\n code: -9\n stdout: \n stderr: \n", "code: -9\n stdout: \n stderr:"),
    ],
)
def test_the_engines_words_are_told_without_what_wraps_them(error: str, words: str) -> None:
    assert words_of(error) == words
