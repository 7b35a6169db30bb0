"""Which versions run: the pinned Python packages decide for everything else."""

from importlib.metadata import version

from semver import VersionInfo

PULUMI = version("pulumi")
"""The CLI's version, that of the installed SDK."""

AWS = version("pulumi-aws")
"""The version that the AWS provider reports, that of the installed SDK."""

UPSTREAM = "6.34.0"
"""hashicorp/terraform-provider-aws inside the provider that is built here."""

OLDEST = VersionInfo(3, 252, 0)
"""The oldest CLI that is used: before it an import could be undone by the next update."""
