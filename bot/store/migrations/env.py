"""Alembic's way in: the connection comes from `Database.migrate`."""

from alembic import context

from bot.store.tables import CallRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=CallRow.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
