"""The role that a provider assumes."""

import json

ROLE = "arn:aws:iam::123456789012:role/deploy"


TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
