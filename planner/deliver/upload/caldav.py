"""The plan's events, each for itself, into a calendar of a CalDAV server (RFC 4791): it stays one calendar with the
user's own entries, of which none is touched.

Ours is what the store says we put. Where the store was lost, a resource of our name counts as ours again only if it
holds the same UID and is still written by us (PRODID).
"""

from __future__ import annotations

from hashlib import sha256

from icalendar import Calendar

from planner.deliver.codes import Code
from planner.deliver.upload.resource import Answer, Asked, Receipt, Resource, ResourceRefused, refusal
from planner.render.calendar import PRODID
from spiders.reasons import Reason

_HEADERS = {"Content-Type": "text/calendar; charset=utf-8"}


def resources(plan: bytes) -> dict[str, Resource]:
    """A calendar of ours -> one calendar object resource for each UID (RFC 4791, 4.1: no METHOD), by resource name.

    The digest is of the event alone: how far ahead a zone is described does not make an event differ.
    """
    calendar = Calendar.from_ical(plan)
    zones = {str(zone["TZID"]): zone for zone in calendar.walk("VTIMEZONE")}
    found: dict[str, Resource] = {}
    for event in calendar.walk("VEVENT"):
        alone = Calendar()
        for name, value in (("version", "2.0"), ("prodid", PRODID), ("calscale", "GREGORIAN")):
            alone.add(name, value)
        named = {str(event[key].params["TZID"]) for key in ("DTSTART", "DTEND") if "TZID" in event[key].params}
        for zone in sorted(named & zones.keys()):
            alone.add_component(zones[zone])
        alone.add_component(event)
        digest = sha256(event.to_ical(sorted=False)).hexdigest()
        found[f"{event['UID']}.ics"] = Resource(bytes(alone.to_ical(sorted=False)), digest)
    return found


def titles(plan: bytes) -> dict[str, str]:
    """What people call the resources of a plan: their names -> the events' titles."""
    return {f"{event['UID']}.ics": str(event["SUMMARY"]) for event in Calendar.from_ical(plan).walk("VEVENT")}


class Collection:
    """The place as a calendar collection, made where there is none."""

    def __init__(self, server: Asked) -> None:
        self._server = server
        self._made = False

    def send(self, name: str, resource: Resource, receipt: Receipt | None) -> Receipt:
        """PUT one event. Raises ResourceRefused, DeliveryError.

        An event that was changed there is written over, since a move that is not followed is worse; one that was taken
        away there stays away.
        """
        if receipt is not None and receipt.gone:
            return Receipt(resource.digest, gone=True)
        answer = self._written(name, resource, {"If-None-Match": "*"} if receipt is None else _unless_changed(receipt))
        if answer.code in {404, 409} and receipt is None and not self._made:
            self._made = True
            if self._server.ask("MKCALENDAR", "").good:  # RFC 4791, 5.3.1
                answer = self._written(name, resource, {"If-None-Match": "*"})
        if answer.code == 412:
            answer = self._server.ask("GET", name)
            if answer.code in {404, 410} and receipt is not None:
                return Receipt(resource.digest, gone=True)
            if not answer.good:
                raise refusal(self._server.host, name, answer)
            if receipt is None and not _is_ours(answer.body, resource):
                raise ResourceRefused(Reason(Code.UPLOAD_FOREIGN, server=self._server.host, name=name))
            answer = self._written(name, resource, {"If-Match": answer.etag or "*"})
        if not answer.good:
            raise refusal(self._server.host, name, answer)
        return Receipt(resource.digest, answer.etag)

    def remove(self, name: str, receipt: Receipt) -> bool:
        """DELETE an event that left the plan; -> whether it was there. One that was changed there is somebody's own now
        and stays. Raises ResourceRefused, DeliveryError."""
        if receipt.gone:
            return False
        answer = self._server.ask("DELETE", name, headers=_unless_changed(receipt))
        if not answer.good and answer.code not in {404, 410, 412}:
            raise refusal(self._server.host, name, answer)
        return answer.good

    def _written(self, name: str, resource: Resource, condition: dict[str, str]) -> Answer:
        return self._server.ask("PUT", name, resource.content, {**_HEADERS, **condition})


def _unless_changed(receipt: Receipt) -> dict[str, str]:
    """RFC 9110, 13.1.1; a server that gave no strong validator is asked for "whatever is there, if it is there"."""
    return {"If-Match": receipt.etag or "*"}


def _is_ours(content: bytes, resource: Resource) -> bool:
    try:
        there, wanted = (Calendar.from_ical(each) for each in (content, resource.content))
    except ValueError:
        return False
    uids = [{str(event.get("UID")) for event in each.walk("VEVENT")} for each in (there, wanted)]
    return uids[0] == uids[1] and str(there.get("PRODID")) == PRODID
