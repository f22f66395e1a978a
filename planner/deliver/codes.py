"""Why something did not leave this machine: a code for each reason, and its words (``delivery`` in the catalogues)."""

from __future__ import annotations

from enum import StrEnum, auto

from planner.i18n.catalog import Catalog
from spiders.reasons import Reason


class Code(StrEnum):
    """Every reason of mail, chats and uploads; those from `NOT_ASCII` on stand within another, as its ``why``."""

    AND = auto()
    AND_MORE = auto()
    SECRET_MISSING = auto()
    SECRET_UNREADABLE = auto()
    SECRET_OPEN = auto()
    SECRET_EMPTY = auto()
    MISSING_EXTRA = auto()
    UNREACHABLE = auto()
    DROPPED = auto()

    MAIL_NO_LOGIN = auto()
    MAIL_INSECURE = auto()
    MAIL_UNTRUSTED = auto()
    MAIL_WANTS_STARTTLS = auto()
    MAIL_WANTS_TLS = auto()
    MAIL_LOGIN = auto()
    MAIL_LATER = auto()
    MAIL_REFUSED = auto()
    MAIL_RECIPIENT = auto()

    INBOX_LOGIN = auto()
    INBOX_REFUSED = auto()

    PING_NO_ADDRESS = auto()
    PING_REFUSED = auto()

    UPLOAD_INSECURE = auto()
    UPLOAD_UNTRUSTED = auto()
    UPLOAD_SLOW = auto()
    UPLOAD_MOVED = auto()
    UPLOAD_LOGIN = auto()
    UPLOAD_OTHER_LOGIN = auto()
    UPLOAD_NO_LOGIN = auto()
    UPLOAD_FULL = auto()
    UPLOAD_LATER = auto()
    UPLOAD_FORBIDDEN = auto()
    UPLOAD_FORBIDDEN_IN_FOLDER = auto()
    UPLOAD_NO_FOLDER = auto()
    UPLOAD_NO_FOLDER_FOR_ONE = auto()
    UPLOAD_CONFLICT = auto()
    UPLOAD_CHANGED = auto()
    UPLOAD_FOREIGN = auto()
    UPLOAD_TOO_LARGE = auto()
    UPLOAD_REFUSED = auto()

    CHAT_NO_CHANNELS = auto()
    CHAT_TOO_MANY = auto()
    CHAT_NO_ADDRESS = auto()
    CHAT_REFUSED = auto()
    CHAT_NO_ANSWER = auto()

    NOT_ASCII = auto()
    NOT_UTF8 = auto()
    SEVERAL_LINES = auto()
    TOO_LONG = auto()
    NO_FILE = auto()
    NO_PERMISSION = auto()
    IS_FOLDER = auto()
    NO_FOLDER = auto()
    EXISTS = auto()
    READ_ONLY = auto()
    DISK_FULL = auto()
    ADDRESS_TAKEN = auto()
    ADDRESS_ELSEWHERE = auto()
    HOST_UNKNOWN = auto()
    HOST_UNKNOWN_NOW = auto()
    CONNECTION_REFUSED = auto()
    CONNECTION_CLOSED = auto()
    TIMED_OUT = auto()
    NO_ROUTE = auto()
    SYSTEM_FAULT = auto()
    SELF_SIGNED = auto()
    SELF_SIGNED_IN_CHAIN = auto()
    EXPIRED = auto()
    NOT_YET_VALID = auto()
    ISSUER_UNKNOWN = auto()
    OTHER_HOST = auto()
    CERTIFICATE_FAULT = auto()
    NO_STARTTLS = auto()
    NO_TLS = auto()
    TLS_FAILED = auto()
    NO_SMTP = auto()
    NO_HTTP = auto()
    HTTP_400 = auto()
    HTTP_405 = auto()
    HTTP_415 = auto()
    HTTP_429 = auto()
    HTTP_500 = auto()
    HTTP_501 = auto()
    HTTP_502 = auto()
    HTTP_503 = auto()
    HTTP_504 = auto()
    HTTP_OTHER = auto()


def in_words(reason: Reason, words: Catalog) -> str:
    """A reason in the reader's language, with those that stand within it."""
    values = {name: in_words(value, words) if isinstance(value, Reason) else value for name, value in reason.values}
    return words(f"delivery.{reason.code}", **values)
