"""The table of assessments. A change of shape is a file like this one, numbered on.

What is written is `document` and `access`; the database derives the rest for finding.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table and what finds a row in it."""
    op.create_table(
        "assessments",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("access", JSONB, nullable=False),
        sa.Column("schema_version", sa.Integer, _of("(document ->> 'schema_version')::integer")),
        sa.Column("revision", sa.Integer, _of("(document ->> 'revision')::integer")),
        sa.Column("updated", sa.Text, _of("document ->> 'updated'")),
        sa.Column("scheme", sa.Text, _of("document ->> 'scheme'")),
        sa.Column("name", sa.Text, _of("document #>> '{profile,name}'")),
        sa.Column("owner", sa.Text, _of("access ->> 'owner'")),
        sa.Column("shared", JSONB, _of("access -> 'shared'")),
        sa.Column("links", JSONB, _of("access -> 'links'")),
        sa.CheckConstraint("document ->> 'id' IS NOT DISTINCT FROM id", name="own_id"),
    )
    op.create_index("assessments_owner", "assessments", ["owner"])
    op.create_index("assessments_shared", "assessments", ["shared"], postgresql_using="gin")
    op.create_index("assessments_links", "assessments", ["links"], postgresql_using="gin")


def _of(expression: str) -> sa.Computed:
    return sa.Computed(expression, persisted=True)
