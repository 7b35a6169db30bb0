"""The AWS provider: the engine's default one, or one that the program declares by itself."""

from contextvars import ContextVar
from importlib.metadata import version

import pulumi
import pulumi_aws as aws

from restore.table.place import ProviderConfig

NAME = "aws"
"""Its logical name, where it is declared."""
_DECLARED: ContextVar[pulumi.ProviderResource | None] = ContextVar("provider", default=None)


def declare_provider(config: ProviderConfig) -> None:
    """A provider with the settings of the `aws:` config, for every resource and every look-up.

    Given the texts of the config as the engine gives them to its default provider, so that a stack
    may change from the one to the other: AWS sees no difference, and no resource has one.
    """
    made = pulumi.ProviderResource(
        "aws",
        NAME,
        {
            key: pulumi.Output.secret(text) if key in config.secrets else text
            for key, text in config.texts.items()
        },
        pulumi.ResourceOptions(version=version("pulumi_aws")),
    )

    def given(
        resource: pulumi.ResourceTransformationArgs,
    ) -> pulumi.ResourceTransformationResult | None:
        if not resource.type_.startswith("aws:"):
            return None
        opts = pulumi.ResourceOptions.merge(resource.opts, pulumi.ResourceOptions(provider=made))
        return pulumi.ResourceTransformationResult(resource.props, opts)

    pulumi.runtime.register_stack_transformation(given)
    _DECLARED.set(made)


def asking() -> pulumi.InvokeOptions:
    """The options of each look-up: its provider is the declared one, or the default one."""
    return pulumi.InvokeOptions(provider=_DECLARED.get())


def region_now() -> str:
    """The region that the provider works in. It is asked where neither config nor shell says it."""
    return aws.get_region(opts=asking()).region


def account_now() -> str:
    """The account that the provider works in (GetCallerIdentity, which needs no permission).

    Raises:
        pulumi.RunError: AWS did not say it.
    """
    try:
        return aws.get_caller_identity(opts=asking()).account_id
    except Exception as error:
        # The SDK raises nothing narrower.
        raise pulumi.RunError(
            f"AWS does not say which account this is: {error}\n  Nothing was touched."
            "\n  fix: aws sts get-caller-identity, until it answers; where nobody may ask:"
            " pulumi config set aws:skipRequestingAccountId true;"
            " pulumi config set aws:skipCredentialsValidation true"
        ) from error
