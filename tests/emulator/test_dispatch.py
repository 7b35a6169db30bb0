"""Which service a request is for is asked by every request, of every test."""

from collections.abc import Iterator

import pytest
from moto import backends

from sandbox.emulator.dispatch import Dispatcher


def test_the_service_of_a_host_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[None] = []

    def modules() -> Iterator[str]:
        looks.append(None)
        return iter(("moto_api",))

    monkeypatch.setattr(backends, "list_of_moto_modules", modules)
    dispatcher = Dispatcher()
    found = [
        dispatcher.get_backend_for_host(f"{service}.eu-west-1.amazonaws.com")
        for service in ("dynamodb", "ssm", "dynamodb", "ssm")
    ]
    assert found == ["dynamodb", "ssm"] * 2
    assert len(looks) == 2
