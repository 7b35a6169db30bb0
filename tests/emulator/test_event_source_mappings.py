"""Lambda's event source mappings of a table's stream.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the Lambda API reference's
{Create,Get,List,Update,Delete}EventSourceMapping; the Lambda developer guide's "Process DynamoDB
records with Lambda", with its table of parameters.
"""

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.functions import make_function
from tests.support.emulator.process import KEYED_BY_ID, Emulator, arn, put

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient

SETTINGS: dict[str, Any] = {
    "BatchSize": 50,
    "BisectBatchOnFunctionError": True,
    "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:123456789012:lost"}},
    "FilterCriteria": {"Filters": [{"Pattern": '{"eventName": ["INSERT"]}'}]},
    "FunctionResponseTypes": ["ReportBatchItemFailures"],
    "MaximumBatchingWindowInSeconds": 5,
    "MaximumRecordAgeInSeconds": 3600,
    "MaximumRetryAttempts": 3,
    "ParallelizationFactor": 2,
    "TumblingWindowInSeconds": 30,
}


@pytest.fixture
def functions(emulator: Emulator) -> "LambdaClient":
    make_function(emulator, "index")
    client: LambdaClient = emulator.client("lambda")
    return client


@pytest.fixture
def stream(dynamodb: "DynamoDBClient") -> str:
    return streaming_table(dynamodb, "orders")


def streaming_table(dynamodb: "DynamoDBClient", name: str) -> str:
    table = dynamodb.create_table(
        TableName=name,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        **KEYED_BY_ID,
    )
    return table["TableDescription"]["LatestStreamArn"]


def map_stream(functions: "LambdaClient", stream: str, **settings: Any) -> Any:
    request = {"FunctionName": "index", "StartingPosition": "LATEST", **settings}
    return functions.create_event_source_mapping(EventSourceArn=stream, **request)


def kept(functions: "LambdaClient", uuid: str) -> Any:
    return functions.get_event_source_mapping(UUID=uuid)


def of(described: Any, names: Any) -> dict[str, Any]:
    return {name: described[name] for name in names}


def test_a_mapping_keeps_its_settings(functions: "LambdaClient", stream: str) -> None:
    """API reference, Create and Get: what was asked for is what is shown, under an ARN of its own.

    A restored table's mapping is made from what the old one shows.
    """
    made = map_stream(functions, stream, **SETTINGS)
    assert made["State"] == "Creating"

    shown = kept(functions, made["UUID"])

    assert of(shown, SETTINGS) == SETTINGS
    assert shown["State"] == "Enabled"
    assert shown["StartingPosition"] == "LATEST"
    assert shown["EventSourceArn"] == stream
    assert shown["FunctionArn"].endswith(":function:index")
    assert shown["EventSourceMappingArn"].endswith(f":event-source-mapping:{made['UUID']}")


def test_what_is_not_asked_for_has_its_default(functions: "LambdaClient", stream: str) -> None:
    """Guide, parameters: 100 records a batch, retried for ever; shown, so that tools see no gap."""
    shown = kept(functions, map_stream(functions, stream)["UUID"])

    defaults = {
        "BatchSize": 100,
        "BisectBatchOnFunctionError": False,
        "FunctionResponseTypes": [],
        "MaximumBatchingWindowInSeconds": 0,
        "MaximumRecordAgeInSeconds": -1,
        "MaximumRetryAttempts": -1,
        "ParallelizationFactor": 1,
    }
    assert of(shown, defaults) == defaults
    assert "FilterCriteria" not in shown


def test_one_function_has_one_mapping_of_a_stream(functions: "LambdaClient", stream: str) -> None:
    """API reference, ResourceConflictException: the resource exists already (status 409).

    A killed run that starts again must find the mapping, not make a second one.
    """
    made = map_stream(functions, stream)

    with pytest.raises(functions.exceptions.ResourceConflictException, match=made["UUID"]) as twice:
        map_stream(functions, stream, FunctionName=made["FunctionArn"], BatchSize=7)

    assert twice.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    assert kept(functions, made["UUID"])["BatchSize"] == 100


def test_another_function_or_stream_is_another_mapping(
    emulator: Emulator, functions: "LambdaClient", dynamodb: "DynamoDBClient", stream: str
) -> None:
    """API reference, List: by event source, by function, by both, or all there are."""
    make_function(emulator, "mail")
    other = streaming_table(dynamodb, "restored")
    uuids = [
        map_stream(functions, source, FunctionName=function)["UUID"]
        for source, function in ((stream, "index"), (stream, "mail"), (other, "index"))
    ]

    def listed(**by: Any) -> list[str]:
        found = functions.list_event_source_mappings(**by)["EventSourceMappings"]
        return [mapping["UUID"] for mapping in found]

    assert listed() == uuids
    assert listed(EventSourceArn=stream) == uuids[:2]
    assert listed(EventSourceArn=stream, FunctionName="mail") == [uuids[1]]
    by_name, account, region = "index", "123456789012", "us-east-1"
    partial = f"{account}:function:{by_name}"
    for name in (by_name, partial, f"arn:aws:lambda:{region}:{partial}"):
        assert listed(FunctionName=name) == [uuids[0], uuids[2]]
    assert listed(EventSourceArn=arn("nowhere")) == []


def test_mappings_are_listed_by_page(
    emulator: Emulator, functions: "LambdaClient", stream: str
) -> None:
    """API reference, List: Marker follows on where MaxItems ended a page."""
    for name in ("mail", "audit"):
        make_function(emulator, name)
    uuids = [
        map_stream(functions, stream, FunctionName=name)["UUID"]
        for name in ("index", "mail", "audit")
    ]

    page = functions.list_event_source_mappings(MaxItems=2)
    rest = functions.list_event_source_mappings(Marker=page["NextMarker"])

    found = [*page["EventSourceMappings"], *rest["EventSourceMappings"]]
    assert [mapping["UUID"] for mapping in found] == uuids
    assert "NextMarker" not in rest


def test_a_mapping_can_be_changed(functions: "LambdaClient", stream: str) -> None:
    """API reference, Update: every setting but the source and where it starts."""
    uuid = map_stream(functions, stream)["UUID"]

    answer = functions.update_event_source_mapping(UUID=uuid, Enabled=False, **SETTINGS)

    shown = kept(functions, uuid)
    assert answer["State"] == "Updating"
    assert shown["State"] == "Disabled"
    assert of(shown, SETTINGS) == SETTINGS
    functions.update_event_source_mapping(UUID=uuid, Enabled=True, FilterCriteria={"Filters": []})
    assert kept(functions, uuid)["State"] == "Enabled"
    assert "FilterCriteria" not in kept(functions, uuid)


def test_a_mapping_can_begin_disabled(functions: "LambdaClient", stream: str) -> None:
    """API reference, Enabled: false makes a mapping that polls nothing yet."""
    uuid = map_stream(functions, stream, Enabled=False)["UUID"]

    assert kept(functions, uuid)["State"] == "Disabled"


def test_a_mapping_can_move_to_another_function(
    emulator: Emulator, functions: "LambdaClient", stream: str
) -> None:
    """API reference, Update, FunctionName: from then on it is listed with the other one."""
    other = make_function(emulator, "mail")
    uuid = map_stream(functions, stream)["UUID"]

    functions.update_event_source_mapping(UUID=uuid, FunctionName="mail")

    assert kept(functions, uuid)["FunctionArn"] == other
    for name, count in (("mail", 1), ("index", 0)):
        found = functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        assert len(found) == count


def test_a_deleted_mapping_is_gone(functions: "LambdaClient", stream: str) -> None:
    """API reference, Delete: Deleting, then ResourceNotFoundException for every operation."""
    uuid = map_stream(functions, stream)["UUID"]

    assert functions.delete_event_source_mapping(UUID=uuid)["State"] == "Deleting"

    missing = functions.exceptions.ResourceNotFoundException
    with pytest.raises(missing):
        functions.get_event_source_mapping(UUID=uuid)
    with pytest.raises(missing):
        functions.update_event_source_mapping(UUID=uuid, BatchSize=7)
    with pytest.raises(missing):
        functions.delete_event_source_mapping(UUID=uuid)
    assert functions.list_event_source_mappings()["EventSourceMappings"] == []
    assert map_stream(functions, stream)["UUID"] != uuid


def test_a_mapping_outlives_its_stream(
    functions: "LambdaClient", dynamodb: "DynamoDBClient", stream: str
) -> None:
    """API reference, Delete: only that call removes one. What hung on a lost table can be found."""
    uuid = map_stream(functions, stream)["UUID"]
    dynamodb.delete_table(TableName="orders")

    [found] = functions.list_event_source_mappings(EventSourceArn=stream)["EventSourceMappings"]

    assert found["UUID"] == uuid


def test_a_mapping_needs_a_stream_that_there_is(functions: "LambdaClient", stream: str) -> None:
    """API reference, InvalidParameterValueException. A restored table has no stream at first."""
    with pytest.raises(functions.exceptions.InvalidParameterValueException):
        map_stream(functions, stream + "0")


def test_a_mapping_needs_a_function_that_there_is(functions: "LambdaClient", stream: str) -> None:
    """API reference, ResourceNotFoundException."""
    with pytest.raises(functions.exceptions.ResourceNotFoundException):
        map_stream(functions, stream, FunctionName="nowhere")


@pytest.mark.parametrize(
    "wrong",
    [
        {"BatchSize": 10_001},
        {"MaximumBatchingWindowInSeconds": 301},
        {"MaximumRecordAgeInSeconds": 59},
        {"MaximumRetryAttempts": -2},
        {"ParallelizationFactor": 11},
        {"TumblingWindowInSeconds": 901},
        {"StartingPosition": "AT_TIMESTAMP"},
        {"StartingPosition": None},
    ],
)
def test_a_setting_out_of_its_range_is_refused(
    functions: "LambdaClient", stream: str, wrong: dict[str, Any]
) -> None:
    """API reference, "Valid Range" of each; a stream needs a StartingPosition of its kind."""
    with pytest.raises(functions.exceptions.InvalidParameterValueException):
        map_stream(functions, stream, **wrong)


def test_a_write_invokes_nothing(
    functions: "LambdaClient", dynamodb: "DynamoDBClient", stream: str
) -> None:
    """Ours, not AWS's: functions would run in Docker, which the sandbox does without."""
    map_stream(functions, stream)

    put(dynamodb, "orders", "one")

    assert dynamodb.scan(TableName="orders")["Count"] == 1
