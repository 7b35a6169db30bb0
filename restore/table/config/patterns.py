"""The texts that the stack config may hold, and what one is not that does not match."""

from restore.table.config import labels

LABEL = rf"^{labels.PATTERN}$"
LEFT_LABEL = rf"^{labels.PATTERN}(:([2-9]|[1-9][0-9]+))?$"
TABLE_KEY = r"^[A-Za-z0-9_-]{1,200}$"
KEY = r"^[A-Za-z0-9_-]{1,100}$"
TABLE_NAME = r"^[A-Za-z0-9_.-]{3,255}$"
PARAMETER_NAME = r"^[A-Za-z0-9_.\-/]{1,1011}$"
POLICY_NAME = r"^[A-Za-z0-9_+=,.@-]{1,128}$"
KMS_KEY = r"^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/|alias/)?[A-Za-z0-9/_-]{1,256}$"
UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
ARN = r"^arn:aws[a-z-]*:[a-z0-9-]+:[^\s]+$"
ACTION = r"^dynamodb:[A-Za-z*?]+$"

_IN_WORDS = {
    LABEL: "is no label; labels are original, restored, restored-2, restored-3, …",
    LEFT_LABEL: "is neither a label nor, for the second time that a label is left, label:2",
    TABLE_KEY: "is no key for a table: letters, digits, - and _ only",
    KEY: "is no key: at most 100 letters, digits, - and _",
    TABLE_NAME: "is no legal name: 3 to 255 letters, digits, ., - and _",
    PARAMETER_NAME: "is no legal parameter name: letters, digits, ., -, _ and /",
    POLICY_NAME: "is no legal policy name: letters, digits and _+=,.@-",
    KMS_KEY: "is no KMS key: its ARN, its id, or alias/…",
    UUID: "is no UUID, as `aws lambda list-event-source-mappings` shows it",
    ARN: "is no ARN: it begins with arn:aws:",
    ACTION: "is no action of DynamoDB, such as dynamodb:GetItem",
}


def in_words(pattern: str) -> str:
    """What a text that does not match `pattern` is not."""
    return _IN_WORDS[pattern]
