"""The tables in PostgreSQL, as the newest migration leaves them."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

METADATA = MetaData()

_EMPTY = text("''")

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False, server_default="assessment"),
    Column("document", JSONB, nullable=False),
    Column("access", JSONB, nullable=False),
    # The database derives these, so that they never disagree with the two above.
    Column("schema_version", Integer, Computed("(document ->> 'schema_version')::integer")),
    Column("revision", Integer, Computed("(document ->> 'revision')::integer")),
    Column("updated", Text, Computed("document ->> 'updated'")),
    Column("owner", Text, Computed("access ->> 'owner'")),
    Column("shared", JSONB, Computed("access -> 'shared'")),
    Column("links", JSONB, Computed("access -> 'links'")),
    Column("deleted", Text, Computed("access ->> 'deleted'")),
    # The line, as who saved handed it over: of the revision `described`, and of no other.
    Column("group", Text, nullable=False, server_default=_EMPTY),
    Column("title", Text, nullable=False, server_default=_EMPTY),
    Column("sought", Text, nullable=False, server_default=_EMPTY),
    Column("standard", Text),
    Column("version", Text, nullable=False, server_default=_EMPTY),
    Column("total", Text),
    Column("grade", Text),
    Column("reviewed", Integer),
    Column("applicable", Integer),
    Column("facts", JSONB, nullable=False, server_default=text("'{}'")),
    Column("blobs", JSONB, nullable=False, server_default=text("'[]'")),
    Column("described", Integer),
    CheckConstraint("document ->> 'id' IS NOT DISTINCT FROM id", name="own_id"),
)

BLOBS = Table(
    "blobs",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("put", DateTime(timezone=True), nullable=False),
)
"""put: when content was last put, so that what is about to be shown is not cleared away."""

_C = DOCUMENTS.c
_LATEST = _C.kind, _C.updated.desc(), _C.id

Index("documents_owner", _C.owner)
Index("documents_shared", _C.shared, postgresql_using="gin")
Index("documents_links", _C.links, postgresql_using="gin")
Index("documents_blobs", _C.blobs, postgresql_using="gin")
Index("documents_updated", *_LATEST)
Index("documents_listed", *_LATEST, postgresql_where=_C.deleted.is_(None))
Index("documents_deleted", _C.kind, _C.deleted, postgresql_where=_C.deleted.is_not(None))
Index("documents_group", _C.kind, _C.group)
