"""Whether the tables of a backup fit those of this version: yes, or why not."""

from collections.abc import Iterable, Sequence

from django.db import connection, models
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader

from factcheck.errors import Invalid

_ADDING = (
    operations.AddConstraint,
    operations.AddField,
    operations.AddIndex,
    operations.AlterModelOptions,
    operations.CreateModel,
    operations.RemoveConstraint,
    operations.RemoveIndex,
    operations.RenameIndex,
)


def _loader() -> MigrationLoader:
    return MigrationLoader(connection)


def applied(apps: Iterable[str]) -> list[str]:
    """`reviews.0001_initial`: the migrations that stand, of these applications."""
    wanted = set(apps)
    return sorted(f"{app}.{name}" for app, name in _loader().applied_migrations if app in wanted)


def refuse_other_history(told: Iterable[str], apps: Iterable[str]) -> None:
    """Invalid `backup_unfit` unless the backup's migrations are ours, or ours
    only added to them. A migration that rewrites rows cannot be made up for."""
    loader, wanted, theirs = _loader(), set(apps), set(told)
    ours = {f"{app}.{name}": (app, name) for app, name in loader.applied_migrations if app in wanted}
    if newer := sorted(theirs - ours.keys()):
        raise _unfit(f"it was made by a newer version ({newer[0]}). Install that version, then restore")
    for label in sorted(ours.keys() - theirs):
        migration = loader.disk_migrations.get(ours[label])
        if migration is None or not all(isinstance(one, _ADDING) for one in migration.operations):
            raise _unfit(
                f"{label} came after it and changes existing rows. Restore it with the version that wrote it, "
                "then upgrade"
            )


def columns_to_load(model: type[models.Model], told: Sequence[str]) -> list["models.Field[object, object]"]:
    """The fields of the backup's columns, in its order; Invalid `backup_unfit`
    for a column unknown here, or one missing there that has no default."""
    ours = {field.attname: field for field in model._meta.concrete_fields}
    table = model._meta.label
    if unknown := [name for name in told if name not in ours]:
        raise _unfit(f"its {table} has the column {unknown[0]!r}, which this version has not")
    for name, field in ours.items():
        optional = field.has_default() or field.null or field.db_default is not models.NOT_PROVIDED
        if name not in told and not optional:
            raise _unfit(f"its {table} lacks the column {name!r}, which has no default")
    return [ours[name] for name in told]


def _unfit(why: str) -> Invalid:
    return Invalid(f"This backup does not fit this version: {why}. Nothing was changed", code="backup_unfit")
