"""The tables of the index in a folder. A change here raises FORMAT: the old file is thrown away."""

FORMAT = 2
"""2: lines name a grade only once it is earned; until then they were made with any that was met."""

COLUMNS = (
    'kind, id, updated, title, "group", standard, version, total, grade, reviewed, applicable,'
    " facts, blobs, owner, shared, links, deleted"
)

"""What a line is made of again, in the order of `Line`."""

SCHEMA = (
    "DROP TABLE IF EXISTS line",
    "DROP TABLE IF EXISTS word",
    "DROP TABLE IF EXISTS noted",
    # updated, deleted: microseconds since 1970. sought: the title as it is searched.
    # time, size: of the file it was made of. described: whether who saved handed it over.
    """
    CREATE TABLE line (
        kind TEXT NOT NULL, id TEXT NOT NULL, updated INTEGER NOT NULL, title TEXT NOT NULL,
        "group" TEXT NOT NULL, standard TEXT, version TEXT NOT NULL, total TEXT, grade TEXT,
        reviewed INTEGER, applicable INTEGER, facts TEXT NOT NULL, blobs TEXT NOT NULL,
        owner TEXT NOT NULL, shared TEXT NOT NULL, links TEXT NOT NULL, deleted INTEGER,
        sought TEXT NOT NULL, time INTEGER NOT NULL, size INTEGER NOT NULL,
        described INTEGER NOT NULL,
        PRIMARY KEY (kind, id)
    )
    """,
    # With the title, so that a search reads nothing else.
    "CREATE INDEX line_updated ON line (kind, updated DESC, id, sought)",
    "CREATE INDEX line_deleted ON line (kind, deleted, updated DESC, id, sought)",
    "CREATE INDEX line_owner ON line (kind, owner)",
    'CREATE INDEX line_group ON line (kind, "group")',
    "CREATE INDEX line_described ON line (kind) WHERE NOT described",
    # What a document is found by: a holder it is shared with, a link, a file it shows.
    """
    CREATE TABLE word (
        what TEXT NOT NULL, word TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
        PRIMARY KEY (what, word, kind, id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX word_document ON word (kind, id)",
    "CREATE TABLE noted (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID",
    f"PRAGMA user_version = {FORMAT}",
)
