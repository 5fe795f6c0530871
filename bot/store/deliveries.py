"""What providers sent, kept as it came."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import DeliveryState
from bot.store.inserts import added
from bot.store.tables import DeliveryRow


def fingerprint(account: str, kind: str, body: bytes) -> str:
    """The same for a delivery that is sent again."""
    return hashlib.sha256(b"\0".join((account.encode(), kind.encode(), body))).hexdigest()


async def keep(
    session: AsyncSession,
    *,
    account: str,
    kind: str,
    headers: Mapping[str, str],
    body: bytes,
    address: str,
    at: datetime,
) -> DeliveryRow | None:
    """Keep a delivery; None if it is a repetition, which is only counted."""
    mark = fingerprint(account, kind, body)
    if await _counted(session, mark):
        return None
    row = DeliveryRow(
        account=account,
        kind=kind,
        fingerprint=mark,
        headers=dict(headers),
        body=body,
        address=address,
        received_at=at,
    )
    if await added(session, row):
        return row
    await _counted(session, mark)
    return None


async def _counted(session: AsyncSession, mark: str) -> bool:
    again = (
        update(DeliveryRow)
        .where(col(DeliveryRow.fingerprint) == mark)
        .values(times=DeliveryRow.times + 1)
    )
    return bool((await session.exec(again)).rowcount)


async def get(session: AsyncSession, id_: int) -> DeliveryRow | None:
    """One delivery."""
    return await session.get(DeliveryRow, id_)


async def unread(session: AsyncSession) -> Sequence[DeliveryRow]:
    """Deliveries that a process accepted and did not read to the end, oldest first."""
    query = select(DeliveryRow).where(DeliveryRow.state == DeliveryState.NEW)
    return (await session.exec(query.order_by(col(DeliveryRow.id)))).all()


async def settle(session: AsyncSession, id_: int, state: DeliveryState, trouble: str = "") -> None:
    """Write down what became of a delivery."""
    change = update(DeliveryRow).where(col(DeliveryRow.id) == id_)
    await session.exec(change.values(state=state, trouble=trouble))


async def count_unsettled(session: AsyncSession) -> dict[DeliveryState, int]:
    """How many deliveries are in each state other than done."""
    query = select(DeliveryRow.state, func.count()).where(DeliveryRow.state != DeliveryState.DONE)
    rows = (await session.exec(query.group_by(col(DeliveryRow.state)))).all()
    return {DeliveryState(state): number for state, number in rows}


async def last_received(session: AsyncSession, account: str) -> datetime | None:
    """When the account was heard of last."""
    query = (
        select(DeliveryRow.received_at)
        .where(DeliveryRow.account == account)
        .order_by(col(DeliveryRow.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()
