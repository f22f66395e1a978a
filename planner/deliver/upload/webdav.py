"""Files into a folder that takes PUT: WebDAV, an object store, a calendar server for a whole calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from planner.config.put import PLAN, Put
from planner.deliver.codes import Code
from planner.deliver.upload.resource import Answer, Asked, Receipt, Resource, ResourceRefused, refusal
from planner.publish import KINDS
from spiders.reasons import Reason


def resources(put: Put, files: Mapping[str, bytes]) -> dict[str, Resource]:
    """What of the outputs goes to this place, by name below it, calendars first: they matter most."""
    names: Iterable[str] = files
    if put.single is not None:
        names = [put.single]
    elif put.what == "calendars":
        names = [name for name in files if name.endswith(".ics")]
    elif put.what != "all":
        names = [name for name in files if name.startswith("public/")]
    ordered = sorted(names, key=lambda name: (not name.endswith(".ics"), name))
    return {name: Resource(files[name], sha256(files[name]).hexdigest()) for name in ordered}


class Folder:
    """The place as a folder. Folders that lack are made, from ``to`` downwards and none above it."""

    def __init__(self, put: Put, server: Asked) -> None:
        self._put, self._server = put, server
        self._made: set[str] = set()

    def send(self, name: str, resource: Resource, receipt: Receipt | None) -> Receipt:
        """PUT one file. Raises ResourceRefused, DeliveryError."""
        answer = self._written(name, resource)
        folder = "" if self._put.single else name.rpartition("/")[0]
        # A missing folder is 409 (RFC 4918, 9.7.1); some say 404.
        if answer.code in {404, 409} and self._put.single is None and self._make(folder):
            answer = self._written(name, resource)
        if answer.code in {404, 409}:
            code = Code.UPLOAD_NO_FOLDER if self._put.single is None else Code.UPLOAD_NO_FOLDER_FOR_ONE
            raise self._no_place(code, name, answer)
        if answer.code in {403, 405} and self._put.single is None:  # what many calendar servers say to other files
            raise self._no_place(Code.UPLOAD_FORBIDDEN_IN_FOLDER, name, answer)
        if not answer.good:
            raise refusal(self._server.host, name, answer)
        return Receipt(resource.digest, answer.etag)

    def remove(self, name: str, receipt: Receipt) -> bool:
        """DELETE a file of ours that belongs there no more; -> whether it was there.

        Raises ResourceRefused, DeliveryError.
        """
        answer = self._server.ask("DELETE", self._below(name))
        if not answer.good and answer.code not in {404, 410}:
            raise refusal(self._server.host, name, answer)
        return answer.good

    def _no_place(self, code: Code, name: str, answer: Answer) -> ResourceRefused:
        """Why a file has no place there, with the address of one calendar: calendar servers take nothing else."""
        one = self._put.to + (PLAN if self._put.user else "all.ics")
        return ResourceRefused(Reason(code, server=self._server.host, name=name, number=answer.code, one=one))

    def _written(self, name: str, resource: Resource) -> Answer:
        kind = KINDS.get(PurePosixPath(name).suffix, "application/octet-stream")
        return self._server.ask("PUT", self._below(name), resource.content, {"Content-Type": kind})

    def _below(self, name: str) -> str:
        return "" if self._put.single else name

    def _make(self, folder: str) -> bool:
        """MKCOL for the place and the folders below it (RFC 4918, 9.3: one at a time); -> whether one is new."""
        steps = [""] + ["/".join(folder.split("/")[: n + 1]) + "/" for n in range(folder.count("/") + 1) if folder]
        new = False
        for step in steps:
            if step not in self._made:
                self._made.add(step)
                new |= self._server.ask("MKCOL", step).good
        return new
