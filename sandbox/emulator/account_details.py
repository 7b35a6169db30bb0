"""IAM's one answer that holds every policy of an account, by page and with the policies' names.

IAM API reference, GetAccountAuthorizationDetails: 100 entries a page unless MaxItems says less.
"""

from operator import attrgetter
from typing import Any, cast

from moto.core.responses import ActionResult
from moto.iam import urls
from moto.iam.models import Policy
from moto.iam.responses import IamResponse

from sandbox.emulator.paging import page

ON_A_PAGE = 100
LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")


class SandboxIam(IamResponse):
    def get_account_authorization_details(self) -> ActionResult:
        details = cast("dict[str, Any]", super().get_account_authorization_details().result)
        found = [(name, detail) for name in LISTS for detail in details[name]]
        size = int(self._get_param("MaxItems") or ON_A_PAGE)
        entries, marker = page(found, self._get_param("Marker"), size)
        lists = {name: [detail for of_list, detail in entries if of_list == name] for name in LISTS}
        more = {"IsTruncated": True, "Marker": marker} if marker else {"IsTruncated": False}
        return ActionResult(lists | more)


def install() -> None:
    urls.url_paths["{0}/$"] = SandboxIam.dispatch
    # moto looks for a ManagedPolicyDetail's members under these names, and policies lack them.
    for name in ("name", "id"):
        setattr(Policy, f"policy_{name}", property(attrgetter(name)))
