"""Cities, their zones and currencies, for `quanzi init`: CLDR's data through Babel, and cities without a zone."""

from __future__ import annotations

from zoneinfo import available_timezones

DEFAULT = "Asia/Shanghai"
_WITHOUT_A_ZONE_OF_THEIR_OWN = {
    "旧金山": "America/Los_Angeles", "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles",
    "boston": "America/New_York", "washington": "America/New_York", "austin": "America/Chicago",
    "munich": "Europe/Berlin", "hamburg": "Europe/Berlin", "manchester": "Europe/London", "kyoto": "Asia/Tokyo",
    "osaka": "Asia/Tokyo",
}  # fmt: skip


def zone_of(city: str) -> str:
    """The zone of a city: by its name in Chinese or English (CLDR's exemplar cities), else Beijing time."""
    from babel import Locale

    name = city.strip().casefold()
    if name in _WITHOUT_A_ZONE_OF_THEIR_OWN:
        return _WITHOUT_A_ZONE_OF_THEIR_OWN[name]
    known = sorted(available_timezones())
    cities = {zone.rpartition("/")[2].replace("_", " ").casefold(): zone for zone in known}
    if name in cities:
        return cities[name]
    told = Locale("zh").time_zones
    return next((zone for zone in known if str(told.get(zone, {}).get("city", "")).casefold() == name), DEFAULT)


def currency_of(zone: str) -> str | None:
    """The currency (ISO 4217) of the country whose clocks a zone tells; None where no country does."""
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    main = get_global("zone_aliases").get(zone, zone)
    territory = get_global("zone_territories").get(main)
    currencies = get_territory_currencies(territory) if territory and territory != "001" else []
    return currencies[0] if currencies else None
