"""files that wait to be sent; what a message belongs to; why a delivery failed; slow work"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob")),
    )
    op.create_table(
        "work",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("asking", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_work")),
        sa.UniqueConstraint("asking", name=op.f("uq_work_asking")),
    )
    op.create_index(op.f("ix_work_not_before"), "work", ["not_before"], unique=False)
    for column in ("blob_id", "file_ref", "why"):
        op.add_column("outbox", sa.Column(column, sa.String(), nullable=True))
    op.add_column("post", sa.Column("ref", sa.String(), nullable=True))
    op.execute("UPDATE post SET ref = card_kind || ':' || card_id WHERE card_kind IS NOT NULL")
    for name, table, columns in (
        ("ix_outbox_card", "outbox", ["card_kind", "card_id"]),
        ("ix_outbox_ref", "outbox", ["ref"]),
        ("ix_outbox_blob", "outbox", ["blob_id"]),
        ("ix_post_ref", "post", ["ref"]),
    ):
        there = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(name, table, columns, unique=False, sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
