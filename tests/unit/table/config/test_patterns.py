"""The texts that the stack config may hold, at both ends of each pattern."""

import re

import pytest

from restore.table.config import patterns

RIGHT = {
    patterns.LABEL: ["original", "restored", "restored-2", "restored-10"],
    patterns.LEFT_LABEL: ["original", "restored:2", "restored-3:10"],
    patterns.TABLE_KEY: ["a", "restore-demo", "A_1", "t" * 200],
    patterns.KEY: ["a", "slow-reads_2", "k" * 100],
    patterns.TABLE_NAME: ["abc", "prod.orders-1_x", "t" * 255],
    patterns.PARAMETER_NAME: ["p", "/shop/orders-table", "p" * 1011],
    patterns.POLICY_NAME: ["p", "read=,.@-+_", "p" * 128],
    patterns.KMS_KEY: [
        "0b5e-1f",
        "mrk-0b5e1f",
        "alias/shop/orders",
        "arn:aws:kms:eu-west-1:123456789012:key/0b5e-1f",
        "arn:aws-us-gov:kms:us-gov-west-1:123456789012:alias/shop",
    ],
    patterns.UUID: ["8f0c3c52-4f0e-4f6e-9f07-0a8ec0a1f3d1"],
    patterns.ARN: ["arn:aws:sns:eu-west-1:123456789012:on-call", "arn:aws-cn:s3:::bucket"],
    patterns.ACTION: ["dynamodb:GetItem", "dynamodb:*", "dynamodb:Batch?etItem"],
}
WRONG = {
    patterns.LABEL: [
        "",
        "Original",
        "restored-1",
        "restored-02",
        "restored-",
        "copy",
        "original:2",
    ],
    patterns.LEFT_LABEL: ["", "restored:1", "restored:", "restored:02", "copy:2"],
    patterns.TABLE_KEY: ["", "my.orders", "a b", "t" * 201],
    patterns.KEY: ["", "a.b", "a/b", "k" * 101],
    patterns.TABLE_NAME: ["", "ab", "my table", "a/b", "t" * 256],
    patterns.PARAMETER_NAME: ["", "my parameter", "p:1", "p" * 1012],
    patterns.POLICY_NAME: ["", "my/policy", "p" * 129],
    patterns.KMS_KEY: ["", "a key", "arn:aws:kms:eu-west-1:123:key/x", "arn:aws:s3:::bucket"],
    patterns.UUID: ["", "indexer", "8f0c3c52-4f0e-4f6e-9f07"],
    patterns.ARN: ["", "on-call", "arn:gcp:sns:x", "arn:aws:sns:on call", "arn:aws:sns:"],
    patterns.ACTION: ["", "GetItem", "s3:GetObject", "dynamodb:", "dynamodb:Get Item"],
}


def cases(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(pattern, text) for pattern, several in texts.items() for text in several]


@pytest.mark.parametrize(("pattern", "text"), cases(RIGHT))
def test_a_text_that_aws_takes_is_right(pattern: str, text: str) -> None:
    """A name that a real table has, and that this refuses, keeps the table out for good."""
    assert re.search(pattern, text)


@pytest.mark.parametrize(("pattern", "text"), cases(WRONG))
def test_a_text_that_aws_or_this_program_cannot_take_is_wrong(pattern: str, text: str) -> None:
    assert not re.search(pattern, text)


def test_every_pattern_says_in_words_what_a_text_is_not() -> None:
    """A regular expression in a message tells nobody what to write."""
    every = {value for name, value in vars(patterns).items() if name.isupper() and name[0] != "_"}
    assert every == {*RIGHT} == {*WRONG}
    assert {patterns.in_words(pattern)[:3] for pattern in every} <= {"is ", "nei"}
