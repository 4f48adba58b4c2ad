"""rules of polls: terms, secret ballots, organisations' votes"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.add_column(sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("unit", sa.String(), nullable=False, server_default="person"))
        batch_op.add_column(sa.Column("members", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("quorum_count", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quorum_part", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("threshold_part", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("threshold_base", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("area_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("entitled_people", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("entitled_organisations", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_poll_area_id_area"), "area", ["area_id"], ["id"])
        batch_op.create_index("ix_poll_area_id", ["area_id"], unique=False)

    op.create_table(
        "organisation_vote",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_organisation_vote_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_vote_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_organisation_vote_person_id_person")),
        sa.PrimaryKeyConstraint("poll_id", "organisation_id", name=op.f("pk_organisation_vote")),
    )
    with op.batch_alter_table("organisation_vote", schema=None) as batch_op:
        batch_op.create_index("ix_organisation_vote_person_id", ["person_id"], unique=False)

    op.create_table(
        "voter_register",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_voter_register_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "unit", name=op.f("pk_voter_register")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "secret_ballot",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("choices", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_secret_ballot_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_secret_ballot")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
