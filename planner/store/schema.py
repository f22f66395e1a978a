"""The tables and the numbered steps that lead to them. A step that was released is never edited."""

from __future__ import annotations

APPLICATION_ID = 0x51756131
"""The mark of our databases: "Qua1" in ASCII."""

MIGRATIONS: tuple[str, ...] = (
    # 1: what sources said, what we call an event, its changes, published plans, runs. Moments are seconds UTC.
    """
    CREATE TABLE sources (
        id TEXT PRIMARY KEY, address TEXT NOT NULL, etag TEXT, last_modified TEXT, digest TEXT,
        read_from INTEGER, read_until INTEGER, tried INTEGER NOT NULL, good INTEGER, outcome TEXT NOT NULL,
        reason TEXT, count INTEGER NOT NULL, failures INTEGER NOT NULL, not_before INTEGER,
        notes TEXT NOT NULL, reader TEXT
    );
    CREATE TABLE records (
        source TEXT NOT NULL, key TEXT NOT NULL, start INTEGER, body TEXT NOT NULL, event TEXT,
        first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, changed INTEGER NOT NULL,
        missed INTEGER NOT NULL DEFAULT 0, missed_on TEXT, dirty INTEGER NOT NULL DEFAULT 1,
        PRIMARY KEY (source, key)
    );
    CREATE INDEX records_by_start ON records (start);
    CREATE INDEX records_by_event ON records (event);
    CREATE INDEX records_dirty ON records (dirty) WHERE dirty = 1;
    CREATE TABLE events (
        id TEXT PRIMARY KEY, face TEXT NOT NULL, sequence INTEGER NOT NULL, first_seen INTEGER NOT NULL,
        changed INTEGER NOT NULL
    );
    CREATE TABLE changes (
        event TEXT NOT NULL, at INTEGER NOT NULL, field TEXT NOT NULL, before TEXT, after TEXT, source TEXT
    );
    CREATE INDEX changes_by_event ON changes (event, at);
    CREATE TABLE plans (week TEXT PRIMARY KEY, made INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE runs (at INTEGER NOT NULL, command TEXT NOT NULL, report TEXT NOT NULL);
    """,
    # 2: verdicts on events with what they speak for; the keywords of the last plan, and when each last caught anything.
    """
    CREATE TABLE feedback (
        event TEXT NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, at INTEGER NOT NULL, title TEXT NOT NULL,
        features TEXT NOT NULL, PRIMARY KEY (event, kind)
    );
    CREATE TABLE keywords (
        list TEXT NOT NULL, word TEXT NOT NULL, weight REAL NOT NULL, since INTEGER NOT NULL, caught INTEGER,
        PRIMARY KEY (list, word)
    );
    """,
    # 3: the communities behind events, by their folded name, and when the program first heard of each.
    """
    CREATE TABLE communities (name TEXT PRIMARY KEY, first_seen INTEGER NOT NULL);
    """,
    # 4: plans that were only looked at, apart from the published ones.
    """
    CREATE TABLE trials (week TEXT PRIMARY KEY, made INTEGER NOT NULL, body TEXT NOT NULL);
    """,
    # 5: a mark that the database is ours (https://www.sqlite.org/pragma.html#pragma_application_id).
    f"PRAGMA application_id = {APPLICATION_ID};",
    # 6: when records are over (`planner.types.over_at`; a day alone by UTC until it is read again). What was missed on
    # two days counted as gone, which takes three from here on: it stays gone.
    """
    ALTER TABLE records ADD COLUMN until INTEGER;
    UPDATE records SET until = coalesce(
        (SELECT ends FROM (SELECT CAST(strftime('%s', json_extract(body, '$.end')) AS INTEGER) AS ends)
         WHERE ends > start
           AND ends <= start + 86400 * CASE WHEN json_extract(body, '$.recurrence') IS NULL THEN 366 ELSE 31 END),
        start
    );
    UPDATE records SET missed = 3 WHERE missed = 2;
    """,
    # 7: notices are found without looking at every record.
    """
    CREATE INDEX records_notices ON records (source, key) WHERE instr(body, '"notice":"') > 0;
    """,
    # 8: what announcements say of themselves, by a digest of their words; what events were expected to be worth.
    """
    CREATE TABLE evidence (digest TEXT PRIMARY KEY, body TEXT NOT NULL, seen INTEGER NOT NULL);
    ALTER TABLE feedback ADD COLUMN expected REAL;
    """,
    # 9: what a second reader answered, by a digest of the request; how many requests were sent on a day.
    """
    CREATE TABLE second_answers (digest TEXT PRIMARY KEY, answer TEXT NOT NULL, seen INTEGER NOT NULL);
    CREATE TABLE second_calls (day TEXT PRIMARY KEY, count INTEGER NOT NULL);
    """,
    # 10: where sources moved for good and in how many runs that was seen; when they were taken out of the
    # configuration; what the robots.txt of an origin says; until when a host asked to be left alone.
    """
    ALTER TABLE sources ADD COLUMN moved_to TEXT;
    ALTER TABLE sources ADD COLUMN moved_seen INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sources ADD COLUMN retired INTEGER;
    CREATE TABLE robots (origin TEXT PRIMARY KEY, rules BLOB NOT NULL, fetched INTEGER NOT NULL);
    CREATE TABLE host_waits (host TEXT PRIMARY KEY, until INTEGER NOT NULL);
    """,
    # 11: the user's own word about events, and the steps (add, edit, remove) that can be taken back.
    """
    CREATE TABLE own_words (event TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL);
    CREATE TABLE own_steps (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
    """,
    # 12: when an answer that lost most of what was known was held back, to be believed if the next one says the same;
    # what tells the feeds of this installation from those of any other.
    """
    ALTER TABLE sources ADD COLUMN held INTEGER;
    INSERT INTO facts VALUES ('installation', lower(hex(randomblob(16)))) ON CONFLICT (name) DO NOTHING;
    """,
    # 13: events of whole days are marked as such, so that one that was read as hours before is written anew, once.
    """
    UPDATE events SET face = '{"all_day": "yes", ' || substr(face, 2) WHERE id IN (
        SELECT event FROM records WHERE event IS NOT NULL GROUP BY event HAVING min(instr(body, '"all_day":true')) > 0
    );
    """,
    # 14: what the user handed in, by a digest of its bytes, so that nothing is taken in twice.
    """
    CREATE TABLE arrivals (digest TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX arrivals_at ON arrivals (at);
    """,
    # 15: by which a fact is known to be as it was written: a flipped bit may leave another fact behind.
    """
    ALTER TABLE facts ADD COLUMN seal TEXT;
    """,
    # 16: what is one person's own stands apart from the facts that all share, under the number of the person (0: who
    # keeps the store); of their calendars only the hours. What had no key but the order of its rows has a number.
    """
    CREATE TABLE numbered_changes (
        number INTEGER PRIMARY KEY, event TEXT NOT NULL, at INTEGER NOT NULL, field TEXT NOT NULL, before TEXT,
        after TEXT, source TEXT
    );
    INSERT INTO numbered_changes (event, at, field, before, after, source)
        SELECT event, at, field, before, after, source FROM changes ORDER BY rowid;
    DROP TABLE changes;
    ALTER TABLE numbered_changes RENAME TO changes;
    CREATE INDEX changes_by_event ON changes (event, at);

    CREATE TABLE numbered_runs (
        number INTEGER PRIMARY KEY, at INTEGER NOT NULL, command TEXT NOT NULL, report TEXT NOT NULL
    );
    INSERT INTO numbered_runs (at, command, report)
        SELECT at, command, (
            SELECT json_group_array(json(value)) FROM json_each(runs.report)
            WHERE coalesce(json_extract(value, '$.source'), '') NOT GLOB 'busy-[0-9]*'
        ) FROM runs ORDER BY rowid;
    DROP TABLE runs;
    ALTER TABLE numbered_runs RENAME TO runs;

    CREATE TABLE own_plans (
        person INTEGER NOT NULL, week TEXT NOT NULL, made INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (person, week)
    );
    INSERT INTO own_plans SELECT 0, week, made, body FROM plans;
    DROP TABLE plans;
    ALTER TABLE own_plans RENAME TO plans;

    CREATE TABLE own_trials (
        person INTEGER NOT NULL, week TEXT NOT NULL, made INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (person, week)
    );
    INSERT INTO own_trials SELECT 0, week, made, body FROM trials;
    DROP TABLE trials;
    ALTER TABLE own_trials RENAME TO trials;

    CREATE TABLE own_feedback (
        person INTEGER NOT NULL, event TEXT NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, at INTEGER NOT NULL,
        title TEXT NOT NULL, features TEXT NOT NULL, expected REAL, PRIMARY KEY (person, event, kind)
    );
    INSERT INTO own_feedback SELECT 0, event, kind, verdict, at, title, features, expected FROM feedback;
    DROP TABLE feedback;
    ALTER TABLE own_feedback RENAME TO feedback;

    CREATE TABLE own_keywords (
        person INTEGER NOT NULL, list TEXT NOT NULL, word TEXT NOT NULL, weight REAL NOT NULL, since INTEGER NOT NULL,
        caught INTEGER, PRIMARY KEY (person, list, word)
    );
    INSERT INTO own_keywords SELECT 0, list, word, weight, since, caught FROM keywords;
    DROP TABLE keywords;
    ALTER TABLE own_keywords RENAME TO keywords;

    CREATE TABLE own_arrivals (
        number INTEGER PRIMARY KEY, person INTEGER NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL,
        body TEXT NOT NULL, UNIQUE (person, digest)
    );
    INSERT INTO own_arrivals (person, digest, at, body) SELECT 0, digest, at, body FROM arrivals ORDER BY at, rowid;
    DROP TABLE arrivals;
    ALTER TABLE own_arrivals RENAME TO arrivals;
    CREATE INDEX arrivals_at ON arrivals (at);

    CREATE TABLE own_facts (
        person INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, seal TEXT, PRIMARY KEY (person, name)
    );
    INSERT INTO own_facts SELECT 0, name, value, seal FROM facts
        WHERE name IN ('rating', 'solved', 'people named', 'inbox position', 'inbox problems')
            OR name LIKE 'mail %' OR name LIKE 'notify %' OR name LIKE 'put %';
    DELETE FROM facts WHERE name IN (SELECT name FROM own_facts);

    CREATE TABLE diaries (
        person INTEGER NOT NULL, id TEXT NOT NULL, address TEXT NOT NULL, etag TEXT, last_modified TEXT, digest TEXT,
        read_from INTEGER, read_until INTEGER, tried INTEGER NOT NULL, good INTEGER, outcome TEXT NOT NULL,
        reason TEXT, count INTEGER NOT NULL, failures INTEGER NOT NULL, not_before INTEGER, notes TEXT NOT NULL,
        reader TEXT, moved_to TEXT, moved_seen INTEGER NOT NULL, retired INTEGER, held INTEGER, hours TEXT NOT NULL,
        PRIMARY KEY (person, id)
    );
    INSERT INTO diaries SELECT 0, id, address, etag, last_modified, digest, read_from, read_until, tried, good, outcome,
        reason, count, failures, not_before, notes, reader, moved_to, moved_seen, NULL, NULL, (
            SELECT json_group_array(json_array(
                start,
                CASE WHEN until > start THEN until
                    WHEN instr(body, '"all_day":true') > 0 THEN start + 86400 ELSE start + 7200 END,
                CASE WHEN json_extract(body, '$.availability') = 'tentative'
                    OR json_extract(body, '$.status') = 'tentative' THEN 1 ELSE 0 END
            )) FROM records WHERE source = sources.id AND start IS NOT NULL
                AND coalesce(json_extract(body, '$.availability'), '') <> 'free'
                AND coalesce(json_extract(body, '$.status'), '') <> 'cancelled'
        )
        FROM sources WHERE id GLOB 'busy-[0-9]*';
    DELETE FROM records WHERE source GLOB 'busy-[0-9]*';
    DELETE FROM sources WHERE id GLOB 'busy-[0-9]*';
    DELETE FROM facts WHERE name GLOB 'habit of busy-[0-9]*';
    UPDATE facts SET seal = NULL, value = (
        SELECT coalesce(json_group_object(key, json(value)), '{}') FROM json_each(facts.value)
        WHERE key NOT GLOB 'busy-[0-9]*'
    ) WHERE name = 'problems';
    """,
    # 17: members: persons whose weeks are planned from the same facts, each with their wishes (JSON) and a private
    # address, of which a digest alone is kept; what was published for them; and all of it that a web server sees.
    """
    CREATE TABLE members (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, wishes TEXT NOT NULL,
        token TEXT NOT NULL UNIQUE, joined INTEGER NOT NULL, planned INTEGER, fault TEXT
    );
    CREATE TABLE published (
        person INTEGER NOT NULL, name TEXT NOT NULL, etag TEXT NOT NULL, changed INTEGER NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (person, name)
    );
    CREATE VIEW shelf AS SELECT members.token, published.name, published.etag, published.changed, published.body
        FROM published JOIN members ON members.number = published.person;
    """,
)
