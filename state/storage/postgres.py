"""Assessments in PostgreSQL, for organisations with several servers."""

import contextlib
import re
from collections.abc import Callable, Collection, Iterator

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Computed,
    Connection,
    Index,
    Integer,
    MetaData,
    Row,
    Table,
    Text,
    any_,
    delete,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from state.documents.access import PRIVATE, Access
from state.documents.assessment import NAMELESS, SCHEMA_VERSION, Assessment, Moment
from state.storage.database import connect, refusals
from state.storage.migrate import require_newest
from state.storage.repository import NOT_FOUND, Conflict, Damaged, NotFound, Summary, TooNew

METADATA = MetaData()

_KEPT = Table(
    "assessments",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("access", JSONB, nullable=False),
    Column("schema_version", Integer, Computed("(document ->> 'schema_version')::integer")),
    Column("revision", Integer, Computed("(document ->> 'revision')::integer")),
    Column("updated", Text, Computed("document ->> 'updated'")),
    Column("scheme", Text, Computed("document ->> 'scheme'")),
    Column("name", Text, Computed("document #>> '{profile,name}'")),
    Column("owner", Text, Computed("access ->> 'owner'")),
    Column("shared", JSONB, Computed("access -> 'shared'")),
    Column("links", JSONB, Computed("access -> 'links'")),
    CheckConstraint("document ->> 'id' IS NOT DISTINCT FROM id", name="own_id"),
)
"""`document` and `access` are the truth; the database derives every other column from them."""

Index("assessments_owner", _KEPT.c.owner)
Index("assessments_shared", _KEPT.c.shared, postgresql_using="gin")
Index("assessments_links", _KEPT.c.links, postgresql_using="gin")

_HEX = re.compile(r"[0-9a-f]{32}")
_MOMENT: TypeAdapter[Moment] = TypeAdapter(Moment)


class PostgresRepository:
    """A database of assessments, safe for several windows, threads, processes and servers.

    It connects when it is first used, and again by itself after the database was away.
    """

    def __init__(self, address: str) -> None:
        """Use a `postgresql://` address. Raises: Unavailable for text that is none."""
        self._engine = connect(address)
        self._newest = False

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def create(self, assessment: Assessment, access: Access = PRIVATE) -> None:
        """Keep a new assessment. Raises: Conflict when the id is taken; Unavailable."""
        row = {
            "id": assessment.id,
            "document": assessment.model_dump(mode="json"),
            "access": access.model_dump(mode="json"),
        }
        adding = insert(_KEPT).values(row).on_conflict_do_nothing().returning(_KEPT.c.id)
        with self._connected() as connection:
            if connection.scalar(adding) is None:
                raise Conflict("同一编号的自评已经存在")

    def load(self, assessment_id: str) -> Assessment:
        """The assessment as last saved. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with self._connected() as connection:
            return _document(connection, _checked(assessment_id), NOT_FOUND)

    def access(self, assessment_id: str) -> Access:
        """Whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with self._connected() as connection:
            return _access(connection, _checked(assessment_id))

    def save(self, assessment: Assessment, expected_revision: int) -> None:
        """Replace what is kept.

        Raises: Conflict, NotFound, Damaged, TooNew, Unavailable.
        """
        replacing = (
            update(_KEPT)
            .where(
                _KEPT.c.id == assessment.id,
                _KEPT.c.revision == expected_revision,
                _KEPT.c.schema_version <= SCHEMA_VERSION,
            )
            .values(document=assessment.model_dump(mode="json"))
        )
        with self._connected() as connection:
            if connection.execute(replacing).rowcount:
                return
            _document(connection, assessment.id, "这份自评已被删除，刚才的修改没有保存")
        raise Conflict("这份自评刚在别处保存过")

    def change_access(self, assessment_id: str, change: Callable[[Access], Access]) -> Access:
        """Change whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with self._connected() as connection:
            changed = change(_access(connection, _checked(assessment_id), alone=True))
            connection.execute(
                update(_KEPT)
                .where(_KEPT.c.id == assessment_id)
                .values(access=changed.model_dump(mode="json"))
            )
        return changed

    def ids(self) -> set[str]:
        """Of everything kept, also what cannot be read. Raises: Unavailable."""
        with self._connected() as connection:
            return set(connection.scalars(select(_KEPT.c.id)))

    def list(self, holders: Collection[str] | None = None) -> list[Summary]:
        """Assessments whose line can be read, latest first. Raises: Unavailable."""
        kept = _KEPT.c
        lines = select(kept.id, kept.name, kept.scheme, kept.updated, kept.access).where(
            kept.schema_version <= SCHEMA_VERSION
        )
        if holders is not None:
            names = literal([*holders], ARRAY(Text))
            lines = lines.where(or_(kept.owner == any_(names), kept.shared.has_any(names)))
        with self._connected() as connection:
            rows = connection.execute(lines).all()
        return sorted(_summaries(rows), key=lambda summary: summary.updated, reverse=True)

    def behind(self, token: str) -> str:
        """The id a read-only link leads to. Raises: NotFound, Unavailable."""
        if _HEX.fullmatch(token):
            with self._connected() as connection:
                found = connection.scalar(select(_KEPT.c.id).where(_KEPT.c.links.has_key(token)))
            if found is not None:
                return str(found)
        raise NotFound("这个只读链接不存在，或已被收回")

    def delete(self, assessment_id: str) -> None:
        """Remove the row; absent ones are no error. Raises: Unavailable."""
        if _HEX.fullmatch(assessment_id):
            with self._connected() as connection:
                connection.execute(delete(_KEPT).where(_KEPT.c.id == assessment_id))

    def recover(self, assessment_id: str) -> None:  # noqa: ARG002
        """No copies are kept here: the database has backups. Raises: NotFound."""
        raise NotFound("没有可以恢复的副本，请管理员从数据库备份中恢复")

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A transaction on a database of the right revision. Raises: Unavailable."""
        with refusals(), self._engine.begin() as connection:
            if not self._newest:
                require_newest(connection)
                self._newest = True
            yield connection


def _checked(assessment_id: str) -> str:
    """The id. Raises: NotFound for text that is no id, whatever a link carries."""
    if not _HEX.fullmatch(assessment_id):
        raise NotFound("没有找到这份自评；链接中的编号不正确")
    return assessment_id


def _document(connection: Connection, assessment_id: str, missing: str) -> Assessment:
    """Raises: NotFound in the words of `missing`, Damaged, TooNew."""
    query = select(_KEPT.c.schema_version, _KEPT.c.document).where(_KEPT.c.id == assessment_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(missing)
    _refuse_later(row.schema_version)
    with _damages():
        return Assessment.model_validate(row.document)


def _access(connection: Connection, assessment_id: str, *, alone: bool = False) -> Access:
    """alone: keep others from changing it until the transaction ends.

    Raises: NotFound, Damaged, TooNew.
    """
    query = select(_KEPT.c.schema_version, _KEPT.c.access).where(_KEPT.c.id == assessment_id)
    row = connection.execute(query.with_for_update() if alone else query).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    _refuse_later(row.schema_version)
    with _damages():
        return Access.model_validate(row.access)


def _refuse_later(schema_version: int | None) -> None:
    """Raises: TooNew."""
    if schema_version is not None and schema_version > SCHEMA_VERSION:
        raise TooNew("这份自评由更新版本的安标自评保存，请升级后再打开")


@contextlib.contextmanager
def _damages() -> Iterator[None]:
    """Raises: Damaged."""
    try:
        yield
    except ValidationError as error:
        raise Damaged(
            "这份自评的内容已损坏，无法打开。原内容仍在数据库中，没有改动，请告诉管理员"
        ) from error


def _summaries(rows: Collection[Row[str, str, str, str, object]]) -> Iterator[Summary]:
    """The lines that can be read."""
    for row in rows:
        with contextlib.suppress(ValidationError):
            yield Summary(
                row.id,
                row.name or NAMELESS,
                row.scheme,
                _MOMENT.validate_python(row.updated),
                Access.model_validate(row.access),
            )
