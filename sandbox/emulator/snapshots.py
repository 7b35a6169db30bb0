"""The whole state of the emulator, put away and brought back any number of times.

Everything that moto and the sandbox's own classes know hangs on moto's backends, so a snapshot is
one pickle of all of them: objects that two backends share are shared again after a load. Settings
and the log of calls are no part of it, and no clock is turned back.
"""

import io
import pickle
import threading
from collections import defaultdict
from dataclasses import dataclass
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any
from weakref import WeakValueDictionary

from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.dynamodb.models.dynamo_type import LimitedSizeDict

#: No state of AWS's: a snapshot holds on to these very objects, whether pickle could copy them or
#: not.
SHARED = (
    BackendDict,
    BuiltinFunctionType,
    FunctionType,
    ModuleType,
    threading.Event,
    threading.Thread,
    type(threading.Lock()),
    type(threading.RLock()),
    type,
)


def _unchecked(attributes: dict[str, Any]) -> LimitedSizeDict:
    # Its own __setitem__ adds up the item's size for every attribute; this item was checked.
    limited = LimitedSizeDict()
    dict.update(limited, attributes)
    return limited


def _is_key_material(obj: Any) -> bool:
    return type(obj).__module__.startswith("cryptography.")


def _bare(cls: type[defaultdict[Any, Any]], factory: Any) -> defaultdict[Any, Any]:
    # defaultdict's own way asks __init__ for a factory; moto's subclasses ask for other things.
    made = cls.__new__(cls)
    made.default_factory = factory
    return made


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, shared: list[Any]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._shared = shared

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, LimitedSizeDict):
            return _unchecked, (dict(obj),)
        if isinstance(obj, WeakValueDictionary):
            return WeakValueDictionary, (), None, None, iter(list(obj.items()))
        if isinstance(obj, defaultdict):
            return (
                _bare,
                (type(obj), obj.default_factory),
                getattr(obj, "__dict__", None) or None,
                None,
                iter(obj.items()),
            )
        return NotImplemented

    def persistent_id(self, obj: Any) -> int | None:
        if not isinstance(obj, SHARED) and not _is_key_material(obj):
            return None
        self._shared.append(obj)
        return len(self._shared) - 1


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, shared: list[Any]) -> None:
        super().__init__(io.BytesIO(data))
        self._shared = shared

    def persistent_load(self, pid: int) -> Any:
        return self._shared[pid]


@dataclass(frozen=True)
class Snapshot:
    """The backends of each service in use, by account and region."""

    services: list[Any]
    data: bytes
    shared: list[Any]

    @classmethod
    def take(cls) -> "Snapshot":
        instances: list[Any] = vars(BackendDict)["_instances"]  # those in use, by moto's own list
        services = list(instances)
        state = [
            {account: dict(regions) for account, regions in service.items()} for service in services
        ]
        file, shared = io.BytesIO(), list[Any]()
        _Pickler(file, shared).dump(state)
        return cls(services, file.getvalue(), shared)

    def load(self) -> None:
        state = _Unpickler(self.data, self.shared).load()
        BackendDict.reset()
        reset_model_data()
        for service, accounts in zip(self.services, state, strict=True):
            for account, regions in accounts.items():
                service[account].update(regions)
