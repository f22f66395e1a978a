"""What the three users of an organisation's database may do: who crawls sees nobody, who serves sees a shelf."""

from __future__ import annotations

from collections.abc import Iterator

from planner.store.members import PERSONAL

ROLES = ("quanzi_crawler", "quanzi_planner", "quanzi_web")
"""Those who take the queue ``crawl``, those who take ``plan`` and ``letters``, and those who serve."""
OF_MEMBERS = frozenset({*PERSONAL, "members"})
SHELF, MARK, JOBS = "shelf", "quanzi_schema", "quanzi_jobs"
"""The view, the table of the version, and the schema in which the queue of jobs stands."""


def grants(tables: list[str]) -> Iterator[str]:
    """Statements that give the three roles, which are there already, their rights on these tables of ours; to be run by
    whoever owns them, again after each update of the program."""
    crawler, planner, web = ROLES
    facts = sorted(set(tables) - OF_MEMBERS)
    members = sorted(set(tables) & OF_MEMBERS)
    change = "SELECT, INSERT, UPDATE, DELETE"
    everybody = ", ".join(ROLES)
    yield f"GRANT SELECT ON {MARK} TO {everybody}"
    yield f"GRANT {change} ON {', '.join(facts)} TO {crawler}"
    yield f"GRANT SELECT ON {', '.join(facts)} TO {planner}"
    yield f"GRANT {change} ON {', '.join(members)} TO {planner}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {crawler}, {planner}"
    yield f"GRANT SELECT ON {SHELF} TO {web}"
    yield f"GRANT USAGE ON SCHEMA {JOBS} TO {crawler}, {planner}"
    yield f"GRANT {change} ON ALL TABLES IN SCHEMA {JOBS} TO {crawler}, {planner}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {JOBS} TO {crawler}, {planner}"
