"""organisations that are invited to a meeting"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("invited", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    raise RuntimeError("restore the copy of the database from before the upgrade")
