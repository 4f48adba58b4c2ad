"""personal data"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "vote_notice",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.Column("forgotten_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_vote_notice_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_vote_notice")),
    )


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
