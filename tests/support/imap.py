"""A real IMAP server for tests: Dovecot, as an ordinary program on loopback, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "plum-lantern-17"
USER = "me"
_PATIENCE = 20.0
_NOBODY = "nobody"
_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = yes
mail_location = maildir:{folder}/mail
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 0
mail_access_groups =
{users}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where it listens, and the folder of the one mailbox (Maildir)."""

    tls: int
    starttls: int
    mail: Path
    owner: int
    group: int

    def put(self, name: str, message: bytes) -> None:
        """A new mail is delivered."""
        arrived = self.mail / "tmp" / name
        arrived.write_bytes(message)
        os.chown(arrived, self.owner, self.group)
        arrived.replace(self.mail / "new" / name)

    def flags(self) -> dict[str, str]:
        """The flags of each mail that was looked at, by its name."""
        return {
            path.name.partition(":2,")[0]: path.name.partition(":2,")[2]
            for folder in ("new", "cur")
            for path in (self.mail / folder).iterdir()
        }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(folder: Path, certificate: Path, key: Path) -> Iterator[MailServer]:
    """Run one until the end of the block; skip where Dovecot is not installed."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        pytest.skip("dovecot is not installed: .ci/others installs dovecot-imapd")
    is_root = os.geteuid() == 0
    who = pwd.getpwnam(_NOBODY) if is_root else pwd.getpwuid(os.geteuid())
    own = pwd.getpwuid(os.geteuid()).pw_name
    users = "" if is_root else f"default_internal_user = {own}\ndefault_login_user = {own}\ndefault_internal_group = "
    users += "" if is_root else str(os.getegid())
    for name in ("new", "cur", "tmp"):
        (folder / "mail" / name).mkdir(parents=True)
    for path in (folder, *folder.rglob("*")):
        if is_root:
            os.chown(path, who.pw_uid, who.pw_gid)
    tls, starttls = _free_port(), _free_port()
    settings = folder / "dovecot.conf"
    settings.write_text(
        _SETTINGS.format(
            folder=folder, certificate=certificate, key=key, owner=who.pw_uid, group=who.pw_gid, users=users,
            password=PASSWORD, tls=tls, starttls=starttls,
        )
    )  # fmt: skip
    with subprocess.Popen([program, "-F", "-c", str(settings)], stderr=subprocess.DEVNULL) as server:
        try:
            _wait(tls, server)
            yield MailServer(tls, starttls, folder / "mail", who.pw_uid, who.pw_gid)
        finally:
            server.terminate()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("dovecot did not begin to listen")
