"""rooms, audiences, thematic areas and who follows them; organisations and who belongs to them"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The four that the working meeting of 2 September 2022 talked about; coordinators change them later.
AREAS = {
    "documents": (
        "Dokumenty i wspólne projekty",
        "Documents and joint projects",
        "Документи та спільні проєкти",
    ),
    "support": (
        "Wsparcie, informacja, kompetencje urzędników",
        "Support, information, officials’ skills",
        "Підтримка, інформація, компетентність посадовців",
    ),
    "integration": (
        "Integracja sektora",
        "Integration of the sector",
        "Інтеграція сектору",
    ),
    "multiculturalism": (
        "Wielokulturowość",
        "Multiculturalism",
        "Багатокультурність",
    ),
}


def upgrade() -> None:
    area = op.create_table(
        "area",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
    )
    area_name = op.create_table(
        "area_name",
        sa.Column("area_id", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_name_area_id_area")),
        sa.PrimaryKeyConstraint("area_id", "lang", name=op.f("pk_area_name")),
        sa.UniqueConstraint("lang", "key", name=op.f("uq_area_name_lang_key")),
    )
    audience = op.create_table(
        "audience",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
        sa.UniqueConstraint("key", name=op.f("uq_audience_key")),
    )
    op.create_table(
        "follow",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("area_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_follow_area_id_area")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "area_id", name=op.f("pk_follow")),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("audience_id", sa.String(), nullable=False),
        sa.Column("polls_by", sa.String(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_room_audience_id_audience")),
        sa.ForeignKeyConstraint(["claimed_by"], ["person.id"], name=op.f("fk_room_claimed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("platform", "chat_id", name=op.f("uq_room_platform_chat_id")),
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_audience_id"), ["audience_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_room_claimed_by"), ["claimed_by"], unique=False)

    op.create_table(
        "room_area",
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("area_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_room_area_area_id_area")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_area_room_id_room")),
        sa.PrimaryKeyConstraint("room_id", "area_id", name=op.f("pk_room_area")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("key", name=op.f("uq_organisation_key")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_membership_decided_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("person_id", "organisation_id", name=op.f("uq_membership_person_id_organisation_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_membership_state", ["state", "asked_at"], unique=False)

    op.bulk_insert(audience, [{"id": "default", "name": "", "key": "", "created_at": None}])
    op.bulk_insert(area, [{"id": id_, "position": number, "retired": False} for number, id_ in enumerate(AREAS, 1)])
    op.bulk_insert(
        area_name,
        [
            {"area_id": id_, "lang": lang, "name": name, "key": name.casefold().replace("ł", "l").translate(_PLAIN)}
            for id_, names in AREAS.items()
            for lang, name in zip(("pl", "en", "uk"), names, strict=True)
        ],
    )


# As `bot.core.clean.fold` has it, spelt out for these names: a migration doesn't change with the code.
_PLAIN = str.maketrans("ąćęłńóśźż’", "acelnoszz'")


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
