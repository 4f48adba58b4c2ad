"""hands counted in the hall, and the addresses of its screens"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hall_count",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hands", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_hall_count_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_hall_count")),
    )
    op.create_table(
        "screen",
        sa.Column("audience_id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_screen_audience_id_audience")),
        sa.PrimaryKeyConstraint("audience_id", name=op.f("pk_screen")),
        sa.UniqueConstraint("digest", name=op.f("uq_screen_digest")),
    )


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
