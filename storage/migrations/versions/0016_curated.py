"""answers that moderators prepare, the last question for one that goes on from it, passages that are shown as near"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "curated_answer",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_curated_answer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curated_answer")),
    )
    op.create_index(op.f("ix_curated_answer_person_id"), "curated_answer", ["person_id"])
    op.create_table(
        "curated_variant",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["curated_answer.id"], name=op.f("fk_curated_variant_answer_id_curated_answer")
        ),
        sa.PrimaryKeyConstraint("answer_id", "number", name=op.f("pk_curated_variant")),
    )
    op.create_table(
        "recent_question",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recent_question_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "platform", "chat_id", "thread_id", name=op.f("pk_recent_question")),
    )
    op.create_index(op.f("ix_recent_question_at"), "recent_question", ["at"])
    with op.batch_alter_table("question") as table:
        table.add_column(sa.Column("shown", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
