"""Answers that may never have arrived: who asks again gets the same one, and AWS does it once.

Of some 400 answers that a busy machine sends the provider one does not arrive, and the SDK asks
again: a second CreateTable, or a stream turned on twice, would be refused.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Response

KEPT = 2_000
_INVOCATION = "HTTP_AMZ_SDK_INVOCATION_ID"
"""The same in every attempt at one call (AWS SDKs and Tools Reference Guide, 'Retry behavior')."""


class Answers:
    """The last calls that were done, each with its answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Response] = OrderedDict()

    def given(self, environ: Mapping[str, Any]) -> Response | None:
        """The answer that this very call had before; None where it is new, or had failed."""
        with self._lock:
            return self._kept.get(environ.get(_INVOCATION, ""))

    def keep(self, environ: Mapping[str, Any], answer: Response) -> None:
        """Keep the answer for another attempt. A failure is none: that one is tried again."""
        invocation = environ.get(_INVOCATION)
        if invocation is None or answer.status_code >= 300:  # noqa: PLR2004 - HTTP's successes
            return
        with self._lock:
            self._kept[invocation] = answer
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
