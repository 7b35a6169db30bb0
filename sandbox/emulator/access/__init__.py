"""IAM for keys that were issued in the emulator.

    needs      which actions on which resources a call needs (AWS's service authorization reference)
    others     the same of the services that hang on a table; keys, of the KMS keys it is under
    policies   what policy documents say of an action on a resource
    principals whose key signed a call, and the policies that speak for it
    guard      the check itself, before every operation
    simulation the same check, asked beforehand (SimulatePrincipalPolicy)

A key that is none of AWS's, such as the sandbox's own dummy one, is the root user's: it may do
everything that no table's own policy denies. Not looked at: signatures, permission boundaries,
session policies, organisation policies.
"""

from moto.core.authorization import ActionAuthenticatorMixin

from sandbox.emulator.access import simulation
from sandbox.emulator.access.guard import authorize


def install() -> None:
    """Check every operation of every service that moto dispatches."""
    hook = "_authenticate_and_authorize_normal_action"
    setattr(ActionAuthenticatorMixin, hook, authorize)
    simulation.install()
