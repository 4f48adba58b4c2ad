"""announcements; rooms' names"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("title", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "announcement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=True),
        sa.Column("sender_id", sa.String(), nullable=True),
        sa.Column("approver_id", sa.String(), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("send_at", UTCDateTime(), nullable=True),
        sa.Column("pressed_at", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("asked_twice", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("round_kind", sa.String(), nullable=False),
        sa.Column("round_at", UTCDateTime(), nullable=True),
        sa.Column("read_count", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_mime", sa.String(), nullable=False),
        sa.Column("file_error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_announcement_author_id_person")),
        sa.ForeignKeyConstraint(["sender_id"], ["person.id"], name=op.f("fk_announcement_sender_id_person")),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"], name=op.f("fk_announcement_approver_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(op.f("ix_announcement_number"), "announcement", ["number"], unique=False)
    op.create_index(op.f("ix_announcement_author_id"), "announcement", ["author_id"], unique=False)
    op.create_index(op.f("ix_announcement_sender_id"), "announcement", ["sender_id"], unique=False)
    op.create_index(op.f("ix_announcement_approver_id"), "announcement", ["approver_id"], unique=False)
    op.create_index(op.f("ix_announcement_made_at"), "announcement", ["made_at"], unique=False)
    op.create_index("ix_announcement_same", "announcement", ["digest", "pressed_at"], unique=False)
    op.create_table(
        "announcement_file",
        sa.Column("announcement_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_announcement_file_announcement_id_announcement")
        ),
        sa.PrimaryKeyConstraint("announcement_id", name=op.f("pk_announcement_file")),
    )
    op.create_table(
        "announcement_room",
        sa.Column("announcement_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("old_chat_id", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_announcement_room_announcement_id_announcement")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "platform", "old_chat_id", name=op.f("pk_announcement_room")),
    )
    op.create_index("ix_announcement_room_chat", "announcement_room", ["platform", "chat_id"], unique=False)
    op.create_table(
        "announcement_read",
        sa.Column("announcement_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_announcement_read_announcement_id_announcement")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_announcement_read_person_id_person")),
        sa.PrimaryKeyConstraint("announcement_id", "person_id", name=op.f("pk_announcement_read")),
    )
    op.create_index(op.f("ix_announcement_read_person_id"), "announcement_read", ["person_id"], unique=False)
    op.create_index(op.f("ix_announcement_read_at"), "announcement_read", ["at"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
