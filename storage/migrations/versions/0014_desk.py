"""the desk: what waits for moderators, questions for people, reports, what is new"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_at"), ["at"], unique=False)
        batch_op.create_index("ix_report_message", ["platform", "chat_id", "message_id"], unique=False)
    op.create_table(
        "desk_item",
        sa.Column("card_kind", sa.String(), nullable=False),
        sa.Column("card_id", sa.String(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_desk_item_closed_by_person")),
        sa.PrimaryKeyConstraint("card_kind", "card_id", name=op.f("pk_desk_item")),
    )
    with op.batch_alter_table("desk_item", schema=None) as batch_op:
        batch_op.create_index("ix_desk_item_closed_at_opened_at", ["closed_at", "opened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_desk_item_closed_by"), ["closed_by"], unique=False)
    op.create_table(
        "last_look",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_last_look_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_last_look")),
    )
    op.create_table(
        "queued_question",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("meeting", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("unreached", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_queued_question_answered_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queued_question")),
    )
    with op.batch_alter_table("queued_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_queued_question_answered_by"), ["answered_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_queued_question_at"), ["at"], unique=False)
        batch_op.create_index("ix_queued_question_state_key", ["state", "key"], unique=False)
    op.create_table(
        "reporter",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reporter_person_id_person")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_reporter_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "person_id", name=op.f("pk_reporter")),
    )
    with op.batch_alter_table("reporter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reporter_person_id"), ["person_id"], unique=False)
    op.create_table(
        "wants_answer",
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wants_answer_person_id_person")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["queued_question.id"], name=op.f("fk_wants_answer_question_id_queued_question")
        ),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_wants_answer")),
    )
    with op.batch_alter_table("wants_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wants_answer_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
