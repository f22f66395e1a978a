"""``quanzi store roles``: the rights of the three users of an organisation's database, as SQL for its owner."""

from __future__ import annotations

import click

from planner.cli._language import say


@click.command("roles", help=say("help.store_roles"))
def command() -> None:
    """Print the statements."""
    from planner.store.roles import ROLES, grants
    from planner.store.server_schema import tables

    for role in ROLES:
        click.echo(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
            f" THEN CREATE ROLE {role} LOGIN; END IF; END $$;"
        )
    for statement in grants(tables()):
        click.echo(f"{statement};")
