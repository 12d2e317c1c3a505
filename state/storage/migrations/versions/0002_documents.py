"""Every kind of document in one table, with its line in the index; blobs by their hash.

Servers of the version before go on working until they are started anew: what was their table is
a view of it now. A line that they leave behind the document is not believed (`described`).
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

_VIEW = """
    CREATE VIEW assessments AS SELECT
        id, document, access, schema_version, revision, updated,
        document ->> 'scheme' AS scheme, document #>> '{profile,name}' AS name,
        owner, shared, links
    FROM documents WHERE kind = 'assessment'
"""
_LINES = """
    UPDATE documents SET
        title = coalesce(nullif(document #>> '{profile,name}', ''), '未命名企业'),
        sought = lower(coalesce(nullif(document #>> '{profile,name}', ''), '未命名企业')),
        standard = document ->> 'scheme',
        version = coalesce(document #>> '{work,scheme_version}', '')
"""


def upgrade() -> None:
    """Widen the table, keep every row, and find them by more."""
    op.rename_table("assessments", "documents")
    op.execute("ALTER INDEX assessments_pkey RENAME TO documents_pkey")
    for name in ("owner", "shared", "links"):
        op.execute(f"ALTER INDEX assessments_{name} RENAME TO documents_{name}")
    op.drop_column("documents", "scheme")
    op.drop_column("documents", "name")
    for column in _columns():
        op.add_column("documents", column)
    op.execute(_LINES)
    op.create_index("documents_updated", "documents", ["kind", sa.text("updated DESC"), "id"])
    op.create_index(
        "documents_listed",
        "documents",
        ["kind", sa.text("updated DESC"), "id"],
        postgresql_where=sa.text("deleted IS NULL"),
    )
    op.create_index(
        "documents_deleted",
        "documents",
        ["kind", "deleted"],
        postgresql_where=sa.text("deleted IS NOT NULL"),
    )
    op.create_index("documents_group", "documents", ["kind", "group"])
    op.create_index("documents_blobs", "documents", ["blobs"], postgresql_using="gin")
    op.execute(_VIEW)
    op.create_table(
        "blobs",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("put", sa.DateTime(timezone=True), nullable=False),
    )


def _columns() -> list[sa.Column[object]]:
    text, empty = sa.Text, sa.text("''")
    return [
        sa.Column("kind", text, nullable=False, server_default="assessment"),
        sa.Column("deleted", text, sa.Computed("access ->> 'deleted'", persisted=True)),
        sa.Column("group", text, nullable=False, server_default=empty),
        sa.Column("title", text, nullable=False, server_default=empty),
        sa.Column("sought", text, nullable=False, server_default=empty),
        sa.Column("standard", text),
        sa.Column("version", text, nullable=False, server_default=empty),
        sa.Column("total", text),
        sa.Column("grade", text),
        sa.Column("reviewed", sa.Integer),
        sa.Column("applicable", sa.Integer),
        sa.Column("facts", JSONB, nullable=False, server_default=sa.text("'{}'")),
        sa.Column("blobs", JSONB, nullable=False, server_default=sa.text("'[]'")),
        sa.Column("described", sa.Integer),
    ]
