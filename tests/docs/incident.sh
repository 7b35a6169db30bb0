# An incident in a sandbox of its own, to try docs/runbook.md at: `. tests/docs/incident.sh`.
# From the project's folder, in bash. At the end: a table under Pulumi, good writes, then garbage.

.venv/bin/python -m sandbox start --restore-seconds 1
eval "$(.venv/bin/python -m sandbox env)"

# As much of the AWS CLI as the page needs, which runs without it too.
aws() { python -m tests.support.pages.aws "$@"; }
fault() { python -m tests.support.pages.faults "$@"; }

pulumi stack init sandbox
pulumi up --yes --skip-preview --suppress-outputs

python -m sandbox.demo.application put '{"id": "1", "item": "tea", "price": 4}'
sleep 1; earlier=$(date -u +%Y-%m-%dT%H:%M:%SZ); sleep 1
python -m sandbox.demo.application put '{"id": "2", "item": "coffee", "price": 5}'
sleep 1; moment=$(date -u +%Y-%m-%dT%H:%M:%SZ); sleep 1  # the good second
python -m sandbox.demo.application put '{"id": "1", "item": "undefined", "price": 0}'
