"""In which currency prices are told where a zone's clocks run, for `quanzi init`."""

from __future__ import annotations

_PLACES = {
    "CNY": "Asia/Shanghai Asia/Urumqi Asia/Chongqing Asia/Harbin Asia/Kashgar",
    "HKD": "Asia/Hong_Kong",
    "MOP": "Asia/Macau",
    "TWD": "Asia/Taipei",
    "JPY": "Asia/Tokyo",
    "KRW": "Asia/Seoul",
    "SGD": "Asia/Singapore Singapore",
    "MYR": "Asia/Kuala_Lumpur Asia/Kuching",
    "THB": "Asia/Bangkok",
    "IDR": "Asia/Jakarta Asia/Makassar Asia/Jayapura Asia/Pontianak",
    "PHP": "Asia/Manila",
    "VND": "Asia/Ho_Chi_Minh Asia/Saigon",
    "INR": "Asia/Kolkata Asia/Calcutta",
    "AED": "Asia/Dubai",
    "ILS": "Asia/Jerusalem Asia/Tel_Aviv",
    "GBP": "Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man",
    "EUR": (
        "Europe/Amsterdam Europe/Andorra Europe/Athens Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Busingen"
        " Europe/Dublin Europe/Helsinki Europe/Lisbon Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta"
        " Europe/Mariehamn Europe/Monaco Europe/Paris Europe/Podgorica Europe/Riga Europe/Rome Europe/San_Marino"
        " Europe/Sofia Europe/Tallinn Europe/Vatican Europe/Vienna Europe/Vilnius Europe/Zagreb Africa/Ceuta"
        " Asia/Nicosia Europe/Nicosia Atlantic/Azores Atlantic/Canary Atlantic/Madeira"
    ),
    "CHF": "Europe/Zurich Europe/Vaduz",
    "SEK": "Europe/Stockholm",
    "NOK": "Europe/Oslo",
    "DKK": "Europe/Copenhagen",
    "PLN": "Europe/Warsaw",
    "CZK": "Europe/Prague",
    "HUF": "Europe/Budapest",
    "TRY": "Europe/Istanbul",
    "AUD": (
        "Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Perth Australia/Adelaide Australia/Hobart"
        " Australia/Darwin Australia/Canberra"
    ),
    "NZD": "Pacific/Auckland",
    "CAD": (
        "America/Toronto America/Montreal America/Vancouver America/Edmonton America/Winnipeg America/Halifax"
        " America/Regina America/St_Johns"
    ),
    "USD": (
        "America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Detroit"
        " America/Boise America/Anchorage America/Juneau America/Adak America/Louisville America/Indianapolis"
        " America/Menominee America/Nome America/Sitka America/Indiana/Indianapolis America/Kentucky/Louisville"
        " America/Puerto_Rico Pacific/Honolulu"
    ),
    "MXN": "America/Mexico_City America/Monterrey America/Tijuana",
    "BRL": "America/Sao_Paulo",
    "ZAR": "Africa/Johannesburg",
}
_OF_ZONE = {zone: currency for currency, zones in _PLACES.items() for zone in zones.split()}


def currency_of(zone: str) -> str | None:
    """The currency of most prices in a zone; None for one that this table does not know."""
    return _OF_ZONE.get(zone)
