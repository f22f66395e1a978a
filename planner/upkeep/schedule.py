"""What makes the jobs run by themselves, and ``serve`` all the time: lines for crontab, systemd, launchd and the Task
Scheduler.

Each is text to paste into a shell. Times are those of the machine's clock, reckoned from the user's zone: a server that
runs on UTC plans the week on the user's Sunday evening all the same.
"""

from __future__ import annotations

import plistlib
import shlex
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Literal

from planner.errors import UsageError
from planner.i18n.catalog import Catalog

Kind = Literal["crontab", "systemd", "launchd", "windows"]
KINDS: tuple[Kind, ...] = ("crontab", "systemd", "launchd", "windows")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Not on the full hour: that is when everybody's jobs call on the same sites.
_WEEK, _WEEK_AGAIN, _REFRESH = time(18, 12), time(20, 12), time(7, 12)
_SUNDAY = 6
_DAYS_LOOKED_BACK = 8  # every job has a moment in a week


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the machine's clock; ``weekday`` 0 is Monday, None is every day."""

    weekday: int | None
    hour: int
    minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One command of this installation and when it runs. ``folder`` is where the configuration stands."""

    name: str
    command: tuple[str, ...]
    folder: Path
    moments: tuple[Moment, ...]


def jobs(
    program: Sequence[str], config: Path, now: datetime, machine: tzinfo, words: Catalog, *, mail: bool
) -> tuple[Job, ...]:
    """The weekly and the daily job. ``now`` is in the user's zone, ``machine`` is the zone of the machine's clock.

    With ``mail`` (or chats) the week runs once more that evening: it carries what did not get out, and changes nothing
    else.
    Raises UsageError, told in ``words``, for paths that no line can hold.
    """
    for path in (*program, str(config)):
        if any(ord(sign) < 32 for sign in path):
            raise UsageError(words("cron.control_signs", path=repr(path)))
    sunday = now.date() + timedelta(days=_SUNDAY - now.weekday())

    def moment(at: time, *, daily: bool = False) -> Moment:
        local = datetime.combine(sunday, at, now.tzinfo).astimezone(machine)
        return Moment(None if daily else local.weekday(), local.hour, local.minute)

    def job(name: str, *moments: Moment) -> Job:
        command = (*program, name, "--config", str(config), "--quiet")
        return Job(name=name, command=command, folder=config.parent, moments=moments)

    evenings = (_WEEK, _WEEK_AGAIN) if mail else (_WEEK,)
    return job("week", *map(moment, evenings)), job("refresh", moment(_REFRESH, daily=True))


def service(program: Sequence[str], config: Path) -> Job:
    """The outputs over HTTP for the home network, from when the machine starts: a job without moments."""
    command = (*program, "serve", "--config", str(config), "--host", "0.0.0.0", "--quiet")  # noqa: S104 - what for it is
    return Job(name="serve", command=command, folder=config.parent, moments=())


def due(wanted: Sequence[Job], since: datetime, until: datetime) -> tuple[Job, ...]:
    """The jobs of which a moment lies in (``since``, ``until``], in the order of the last such moments: whatever the
    machine slept through, each runs once. Both in the zone that the moments are of."""
    days = [since.date() + timedelta(days=number) for number in range((until.date() - since.date()).days + 1)]
    last: dict[str, datetime] = {}
    for job in wanted:
        for day in days[-_DAYS_LOOKED_BACK:]:
            for each in job.moments:
                at = datetime.combine(day, time(each.hour, each.minute), since.tzinfo)
                if each.weekday in {None, day.weekday()} and since < at <= until:
                    last[job.name] = max(at, last.get(job.name, at))
    return tuple(sorted((job for job in wanted if job.name in last), key=lambda job: last[job.name]))


def text_for(kind: Kind, wanted: Sequence[Job], words: Catalog) -> str:
    """What to paste for one kind of scheduler, with a comment that says where. A job without moments runs always."""
    write: dict[Kind, Callable[[Sequence[Job], Catalog], str]] = {
        "crontab": _crontab,
        "systemd": _systemd,
        "launchd": _launchd,
        "windows": _windows,
    }
    return f"# {words(f'cron.{kind}')}\n{write[kind](wanted, words)}"


def _crontab(wanted: Sequence[Job], _: Catalog) -> str:
    """crontab(5): Sunday is 0, and a bare % would end the command."""
    lines = []
    for job in wanted:
        command = shlex.join(job.command).replace("%", r"\%")
        if not job.moments:
            lines.append(f"@reboot {command}")
        for at in job.moments:
            day = "*" if at.weekday is None else str((at.weekday + 1) % 7)
            lines.append(f"{at.minute} {at.hour} * * {day} {command}")
    return "\n".join(lines) + "\n"


def _systemd(wanted: Sequence[Job], words: Catalog) -> str:
    """Units of the user's own manager; Persistent=true makes up for a run that a sleeping machine missed."""
    place = '"$HOME/.config/systemd/user'
    lines, started = [f'mkdir -p {place}"'], []
    for job in wanted:
        unit, about = f"quanzi-{job.name}", words(f"cron.unit_{job.name}")
        start = f"ExecStart=:{' '.join(map(_unit_word, job.command))}\n"
        if job.moments:
            run = f"[Service]\nType=oneshot\nTimeoutStartSec=1h\n{start}"
            lines.append(_file(f'{place}/{unit}.timer"', _timer(job, words("cron.unit_timer", unit=about))))
        else:
            run = f"[Service]\nRestart=on-failure\nRestartSec=30s\n{start}\n[Install]\nWantedBy=default.target\n"
        lines.append(_file(f'{place}/{unit}.service"', f"[Unit]\nDescription={about}\n\n{run}"))
        started.append(f"{unit}.{'timer' if job.moments else 'service'}")
    lines += [
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {' '.join(started)}",
        'loginctl enable-linger "$USER"',
    ]
    return "\n".join(lines) + "\n"


def _timer(job: Job, about: str) -> str:
    """systemd.timer(5)."""
    calendar = "".join(f"OnCalendar={_calendar(at)}\n" for at in job.moments)
    return (
        f"[Unit]\nDescription={about}\n\n[Timer]\n{calendar}Persistent=true\nRandomizedDelaySec=5m\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def _calendar(at: Moment) -> str:
    """systemd.time(7), calendar events."""
    day = "" if at.weekday is None else f"{_DAYS[at.weekday][:3]} "
    return f"{day}*-*-* {at.hour:02d}:{at.minute:02d}:00"


def _unit_word(word: str) -> str:
    """systemd.service(5), command lines: quoted, with % and backslashes literal; the colon before them keeps $ so."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _launchd(wanted: Sequence[Job], _: Catalog) -> str:
    """launchd.plist(5): Sunday is 0; what a sleeping Mac missed runs once when it wakes."""
    lines = ['mkdir -p "$HOME/Library/LaunchAgents"']
    for job in wanted:
        label = f"quanzi.{job.name}"
        moments = [
            {"Hour": at.hour, "Minute": at.minute} | ({} if at.weekday is None else {"Weekday": (at.weekday + 1) % 7})
            for at in job.moments
        ]
        log = str(job.folder / "quanzi.log")
        body = {
            "Label": label,
            "ProgramArguments": list(job.command),
            **({"StartCalendarInterval": moments} if moments else {"RunAtLoad": True, "KeepAlive": True}),
            "StandardErrorPath": log,
            "StandardOutPath": log,
        }
        file = f'"$HOME/Library/LaunchAgents/{label}.plist"'
        lines += [_file(file, plistlib.dumps(body).decode()), f'launchctl bootstrap "gui/$(id -u)" {file}']
    return "\n".join(lines) + "\n"


def _windows(wanted: Sequence[Job], _: Catalog) -> str:
    """PowerShell; StartWhenAvailable makes up for a run that was missed. What runs always has no limit of time: the
    scheduler's own is three days."""
    limit = "" if all(job.moments for job in wanted) else " -ExecutionTimeLimit ([TimeSpan]::Zero)"
    lines = [f"$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew{limit}"]
    for job in wanted:
        program, *arguments = job.command
        line, folder = (_shell_word(text) for text in (subprocess.list2cmdline(arguments), str(job.folder)))
        lines.append(
            f"$action = New-ScheduledTaskAction -Execute {_shell_word(program)}"
            f" -Argument {line} -WorkingDirectory {folder}"
        )
        triggers = ", ".join(
            "(New-ScheduledTaskTrigger "
            + ("-Daily" if at.weekday is None else f"-Weekly -DaysOfWeek {_DAYS[at.weekday]}")
            + f" -At '{at.hour:02d}:{at.minute:02d}')"
            for at in job.moments
        )
        triggers = triggers or "(New-ScheduledTaskTrigger -AtLogOn -User $env:USERNAME)"
        lines.append(
            f"Register-ScheduledTask -TaskName 'Quanzi {job.name}' -Action $action -Trigger {triggers}"
            " -Settings $settings -Force"
        )
    return "\n".join(lines) + "\n"


def _shell_word(word: str) -> str:
    """A literal string of PowerShell, whose four other single quotes also end one."""
    for quote in "'‘’‚‛":
        word = word.replace(quote, quote * 2)
    return f"'{word}'"


def _file(name: str, content: str) -> str:
    """A here-document: nothing in it is looked at by the shell."""
    return f"cat > {name} <<'QUANZI'\n{content.rstrip()}\nQUANZI"
