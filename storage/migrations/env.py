"""Alembic's entry: it runs on the connection that `storage.schema` hands over."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import storage.announcement_tables
import storage.answer_tables
import storage.desk_tables
import storage.document_tables
import storage.file_tables
import storage.form_tables
import storage.hall_tables
import storage.linking_tables
import storage.meeting_tables
import storage.native_tables
import storage.organisation_tables
import storage.poll_tables
import storage.queue_tables
import storage.retention_tables
import storage.room_tables
import storage.secret_tables
import storage.tables
import storage.work_tables  # noqa: F401 - they fill the metadata


def render_item(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write SQLModel's column types into migrations by names that stay: its string is a plain one."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        autogen.imports.add("from sqlmodel.sql.sqltypes import UTCDateTime")
        return "UTCDateTime()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_item=render_item,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=False,
    compare_type=True,
)
context.run_migrations()
