"""Which of moto's services a request is for."""

from functools import cache
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app


class Dispatcher(DomainDispatcherApplication):
    """moto's own, which remembers.

    moto lists its folder for each request, behind one lock, and asks the disk two hundred times
    what is a folder: with an engine's sixteen requests at once that is most of what it does.
    """

    def __init__(self) -> None:
        super().__init__(create_backend_app)
        self._known = cache(super().get_backend_for_host)

    def get_backend_for_host(self, host: str | None) -> Any:
        return self._known(host)
