"""votes in polls of the network's own; what messages that wait have in common"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _turn() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "native_vote",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("choices", sa.Integer(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("turn", _turn(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_native_vote_poll_id_poll")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_native_vote_person_id_person")),
        sa.PrimaryKeyConstraint("platform", "id", name=op.f("pk_native_vote")),
    )
    with op.batch_alter_table("native_vote", schema=None) as batch_op:
        batch_op.create_index("ix_native_vote_poll", ["poll_id", "person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_native_vote_person_id"), ["person_id"], unique=False)

    op.create_table(
        "native_ballot",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("turn", _turn(), nullable=False),
        sa.Column("other_choices", sa.Integer(), nullable=True),
        sa.Column("other_platform", sa.String(), nullable=True),
        sa.Column("other_chat_id", sa.String(), nullable=True),
        sa.Column("other_turn", _turn(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_native_ballot_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "unit", name=op.f("pk_native_ballot")),
    )
    op.create_table(
        "native_end",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_native_end_poll_id_poll")),
        sa.PrimaryKeyConstraint("platform", "chat_id", "post", name=op.f("pk_native_end")),
    )
    with op.batch_alter_table("native_end", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_native_end_poll_id"), ["poll_id"], unique=False)
    op.add_column("outbox", sa.Column("topic", sa.String(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
