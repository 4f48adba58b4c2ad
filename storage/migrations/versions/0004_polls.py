"""polls"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opener_id", sa.String(), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opener_id"], ["person.id"], name=op.f("fk_poll_opener_id_person")),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_poll_closed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_opener_id"), ["opener_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_closed_by"), ["closed_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_seq"), ["seq"], unique=False)
        batch_op.create_index(
            "ix_poll_running",
            ["opened_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('open', 'closing')"),
            postgresql_where=sa.text("state IN ('open', 'closing')"),
        )

    op.create_table(
        "poll_option",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_option_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_poll_option")),
    )
    op.create_table(
        "poll_room",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_room_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "platform", "chat_id", name=op.f("pk_poll_room")),
    )
    with op.batch_alter_table("poll_room", schema=None) as batch_op:
        batch_op.create_index("ix_poll_room_chat", ["platform", "chat_id"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("choices", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("turn", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "unit", name=op.f("pk_ballot")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index("ix_ballot_turn", ["poll_id", "turn"], unique=False)
        batch_op.create_index("ix_ballot_unit", ["unit"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
