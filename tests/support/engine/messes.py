"""What real teams did to a stack before the incident: one mess after the other, drawn at random."""

import io
import json
from collections.abc import Callable
from string import ascii_letters, digits
from typing import Any

from ruamel.yaml import YAML

from tests.support.configs.chance import Dice
from tests.support.engine import by_hand_dependents as hand
from tests.support.engine.by_hand import describe
from tests.support.engine.by_hand_dependents import INDEX
from tests.support.engine.everything import surround
from tests.support.engine.operators import printed
from tests.support.engine.roles import ROLE, TRUST
from tests.support.engine.world import World

CONFIG = "restore-demo:"
LAYOUTS = ("file", "project", "both", "anchors", "anchors in the project")


def entry() -> dict[str, Any]:
    """A table on which every kind of dependent can be made."""
    capacity = {"readCapacity": 5, "writeCapacity": 5}
    index = {"name": INDEX, "hashKey": "owner", "projectionType": "ALL", **capacity}
    return {
        "hashKey": "id",
        "attributes": [{"name": "id", "type": "S"}, {"name": "owner", "type": "S"}],
        "billingMode": "PROVISIONED",
        **capacity,
        "globalSecondaryIndexes": [index],
        "streamEnabled": True,
        "streamViewType": "NEW_IMAGE",
        "pointInTimeRecovery": {"enabled": True},
        "tags": {"team": "shop", "cost": "0042"},
        "alarms": {
            "busy": {
                "metricName": "ReadThrottleEvents",
                "comparisonOperator": "GreaterThanThreshold",
                "threshold": 1,
                "evaluationPeriods": 1,
                "period": 60,
                "statistic": "Sum",
            }
        },
    }


def legal(dice: Dice, more: str, longest: int) -> str:
    """A name in which every special character occurs that is legal there."""
    special = list(more)
    filling = dice.choices(ascii_letters + digits, k=dice.randint(4, longest - len(more)))
    name = special + filling
    dice.shuffle(name)
    return "".join(name)


class Messes:
    """One stack and what was done to it.

    Args:
        world: An empty world.
        dice: What is drawn.

    Attributes:
        made: What was drawn, in order.
        key: The table's key in `tables`.
        table: The DynamoDB name of the label `original`.
        restored: That of the label `restored`.
        parameter: The parameter's name.
        policy: The policy's name.
        layout: Where the tables of the config stand.
        allowed: What the role may do beside what `policy` printed.
    """

    def __init__(self, world: World, dice: Dice, key: str = "restore-demo") -> None:
        self.world, self.dice = world, dice
        self.made: list[str] = []
        self.key = key
        self.table, self.restored = f"{key}-original-table", f"{key}-restored-table"
        self.parameter, self.policy = f"{key}-table-name", f"{key}-read-policy"
        self.layout = "file"
        self.entry: dict[str, Any] = entry()
        self.top: dict[str, Any] = {}
        self.allowed: list[dict[str, str]] = []

    def draw(self, these: tuple[Callable[[], None], ...], least: int = 0) -> None:
        for each in self.dice.some(these, least):
            self.made.append(each.__name__)
            each()

    # The config.

    def write(self) -> None:
        """Writes the config as the layout has it."""
        top = {f"{CONFIG}{name}": value for name, value in self.top.items() if ":" not in name}
        top |= {name: value for name, value in self.top.items() if ":" in name}
        shared = {f"{CONFIG}tables": self._tables()}
        in_project: dict[str, Any] = {}
        in_file = top | shared
        if self.layout in {"project", "anchors in the project"}:
            in_project, in_file = {**shared, **top}, {}
        elif self.layout == "both":
            in_project, in_file = shared, top
        with self.world.config() as config:
            drain = config[f"{CONFIG}runbook"]
            config.clear()
            config.update({f"{CONFIG}runbook": drain, **in_file})
        yaml, path = YAML(), self.world.project / "Pulumi.yaml"
        project = yaml.load(path)
        project.pop("config", None)
        if in_project:
            project["config"] = {key: {"value": value} for key, value in in_project.items()}
        yaml.dump(project, path)
        if self.layout.startswith("anchors"):
            self._anchored(path if in_project else self.world.config_file)

    def _tables(self) -> dict[str, Any]:
        return {self.key: json.loads(json.dumps(self.entry))}

    def _anchored(self, path: Any) -> None:
        """Part of the entry comes by a merge key from a key of the team's own."""
        yaml = YAML()
        yaml.width = 4096
        document = yaml.load(path)
        config = document["config"]
        where = config[f"{CONFIG}tables"]
        value = where.get("value", where)
        table = value.pop(self.key)
        shared = {name: table.pop(name) for name in ("hashKey", "attributes") if name in table}
        shared |= {name: table.pop(name) for name in ("billingMode", "tags") if name in table}
        text = io.StringIO()
        yaml.dump({"shared": shared, self.key: table}, text)
        lines = text.getvalue().splitlines()
        lines[0] = "shared: &shared # what all our tables have"
        at = next(n for n, line in enumerate(lines) if line.startswith((self.key, f"'{self.key}")))
        lines.insert(at + 1, "  <<: *shared")
        anchored = yaml.load("\n".join(lines))
        own = anchored["shared"]
        config.insert(0, "team:shared", {"value": own} if "value" in where else own)
        value[self.key] = anchored[self.key]
        yaml.dump(document, path)

    def change(self, edit: Callable[[dict[str, Any]], None]) -> None:
        """Someone edits the table's entry where it stands."""
        edit(self.entry)
        self.write()

    # Before the first update.

    def names(self) -> None:
        """Every character that is legal."""
        self.table, self.restored = (legal(self.dice, "._-", 40) for _ in range(2))
        self.parameter = f"/{legal(self.dice, '._-', 30)}/{legal(self.dice, '._-', 20)}"
        self.policy = legal(self.dice, "_+=,.@-", 60)

    def layouts(self) -> None:
        self.layout = self.dice.choice(LAYOUTS[1:])
        self.made[-1] = self.layout

    def default_tags(self) -> None:
        self.top["aws:defaultTags"] = {"tags": {"Env": "prod", "cost": "all"}}

    def ignored_tags(self) -> None:
        self.top["aws:ignoreTags"] = {"keys": ["cost-centre"], "keyPrefixes": ["map-"]}

    def explicit_provider(self) -> None:
        self.top["pulumi:disable-default-providers"] = ["aws"]
        self.top["explicitProvider"] = True

    # How it came to be.

    def deploy(self) -> None:
        """The stack makes the table; or someone made it, and it is described and taken over."""
        self.world.begin()
        surround(self.world)
        if self.dice.flag():
            self.made.append("taken over")
            kinds = self.dice.some([*hand.EVERY_KIND], 1)
            self.made.append("(" + " ".join(kinds) + ")")
            hand.make_table(self.world, self.table)
            self.world.dynamodb.update_continuous_backups(
                TableName=self.table,
                PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
            )
            for kind in kinds:
                hand.EVERY_KIND[kind](self.world, self.table)
            (described,) = describe(self.world, [self.table]).values()
            assert described["unclaimed"] == []
            ((_, self.entry),) = described["config"][f"{CONFIG}tables"].items()
            self.top["adoptTables"] = ["original"]
        self.entry["names"] = {"original": self.table, "restored": self.restored}
        self.entry |= {"parameterName": self.parameter, "policyName": self.policy}
        self.write()
        self.world.up()
        if self.top.pop("adoptTables", None):
            self.write()

    def assumed_role(self) -> None:
        """The shell's user may do nothing but assume the role of what `policy` prints."""
        world = self.world
        world.iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=TRUST)
        self.top["aws:assumeRoles"] = [{"roleArn": ROLE}]
        document = json.dumps(printed(world))
        world.iam.put_role_policy(RoleName="deploy", PolicyName="restore", PolicyDocument=document)
        world.iam.create_user(UserName="pipeline")
        allowed = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ROLE}
        world.iam.put_user_policy(
            UserName="pipeline",
            PolicyName="assume",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}),
        )
        key = world.iam.create_access_key(UserName="pipeline")["AccessKey"]
        world.env = {
            **world.env,
            "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
        }
        self.write()
        # A refresh reads with the provider of the last update, which had no role yet.
        world.up()

    def allow(self, action: str, resource: str) -> None:
        """One more statement for the role."""
        allowed = {"Effect": "Allow", "Action": action, "Resource": resource}
        self.allowed.append(allowed)
        document = json.dumps({"Version": "2012-10-17", "Statement": self.allowed})
        self.world.iam.put_role_policy(
            RoleName="deploy", PolicyName="more", PolicyDocument=document
        )

    # While it serves: what stops nothing.

    def arn(self) -> str:
        found = self.world.dynamodb.describe_table(TableName=self.table)["Table"]["TableArn"]
        return str(found)

    def foreign_tags(self) -> None:
        tags = [{"Key": "cost-centre", "Value": "7"}, {"Key": "map-migrated", "Value": "d-1"}]
        self.world.dynamodb.tag_resource(ResourceArn=self.arn(), Tags=tags)

    def dependents(self) -> None:
        """Made by hand, in no stack, and taken over by none."""
        table = self.world.dynamodb.describe_table(TableName=self.table)["Table"]
        kinds = [
            kind
            for kind in self.dice.some([*hand.EVERY_KIND], 1)
            if kind not in " ".join(self.made).replace("(", " ").replace(")", " ").split()
            and (kind not in {"scaling", "insights"} or "GlobalSecondaryIndexes" in table)
        ]
        for kind in kinds:
            hand.EVERY_KIND[kind](self.world, self.table)
        self.made[-1] += "[" + " ".join(kinds) + "]"

    def other_parameter(self) -> None:
        self.world.ssm.put_parameter(Name="others", Value=self.table, Type="String")

    # While it serves: what has to be decided first.

    def protected_by_hand(self) -> None:
        self.world.dynamodb.update_table(TableName=self.table, DeletionProtectionEnabled=True)

    def kept_shorter_by_hand(self) -> None:
        self.world.dynamodb.update_continuous_backups(
            TableName=self.table,
            PointInTimeRecoverySpecification={
                "PointInTimeRecoveryEnabled": True,
                "RecoveryPeriodInDays": 3,
            },
        )

    def expiring_by_hand(self) -> None:
        self.world.dynamodb.update_time_to_live(
            TableName=self.table,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": "gone"},
        )

    def grant_by_hand(self) -> None:
        """A version of the policy that allows more."""
        arn = self.policy_arn()
        version = self.world.iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        found = self.world.iam.get_policy_version(PolicyArn=arn, VersionId=version)
        document = found["PolicyVersion"]["Document"]
        document["Statement"][0]["Action"] = ["dynamodb:GetItem", "dynamodb:Query"]
        self.world.iam.create_policy_version(
            PolicyArn=arn, PolicyDocument=json.dumps(document), SetAsDefault=True
        )

    def tags_undeployed(self) -> None:
        self.change(lambda entry: entry.update(tags={"team": "orders"}))

    def protection_undeployed(self) -> None:
        self.change(lambda entry: entry.update(deletionProtectionEnabled=True))

    def alarm_undeployed(self) -> None:
        alarm = entry()["alarms"]["busy"] | {"threshold": 9}
        self.change(lambda entry: entry.setdefault("alarms", {}).update(late=alarm))

    def key_type(self) -> None:
        """The config says another type than the table has."""
        self.change(lambda entry: entry["attributes"][0].update(type="N"))

    def alarm_name_taken(self) -> None:
        """Someone's alarm has the name that the restored table's is to have."""
        if not (keys := list(self.entry.get("alarms", {}))):
            self.made.pop()
            return
        self.world.client("cloudwatch").put_metric_alarm(
            AlarmName=f"{self.restored}-{keys[0]}",
            Namespace="AWS/DynamoDB",
            MetricName="SuccessfulRequestLatency",
            Dimensions=[{"Name": "TableName", "Value": "others"}],
            Statistic="Average",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
        )

    def provider_ruled_out(self) -> None:
        """Someone rules out default providers, and gives the program none."""
        if self.top.get("explicitProvider"):
            self.made.pop()
            return
        self.top["pulumi:disable-default-providers"] = ["aws"]
        self.write()

    def policy_arn(self) -> str:
        account = self.arn().split(":")[4]
        return f"arn:aws:iam::{account}:policy/{self.policy}"
