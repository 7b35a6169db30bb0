"""The moments that a restore is asked for: of the one that is there, of another, of a backup."""

from datetime import UTC, datetime, timedelta

from restore.model.facts import Backup
from restore.model.when import When
from tests.support.memory.facts import POINT, arn

AGE = When(age=timedelta(minutes=90))
SAME = When(at=POINT + timedelta(seconds=1))
OTHER = When(at=POINT + timedelta(seconds=2))
BACKUP = Backup("arn:backup", arn("original"), datetime(2026, 1, 31, 14, 30, tzinfo=UTC))
