"""The order in which a caller can meet the steps of a flow."""

from __future__ import annotations

from collections import deque

from bot.domain.callflow import FlowDraft, Start


def start_keys(flow: FlowDraft) -> list[str]:
    """Keys of all start steps; a sound flow has exactly one."""
    return [key for key, step in flow.steps.items() if isinstance(step, Start)]


def reachable(flow: FlowDraft) -> list[str]:
    """Keys that a caller can get to, breadth first: a menu's choices stand beside each other."""
    seen = dict.fromkeys(start_keys(flow))
    queue = deque(seen)
    while queue:
        for _, hop in flow.steps[queue.popleft()].hops():
            if hop is not None and hop in flow.steps and hop not in seen:
                seen[hop] = None
                queue.append(hop)
    return list(seen)


def reading_order(flow: FlowDraft) -> list[str]:
    """All keys in the order in which people read a flow: what callers can reach, then the rest."""
    met = reachable(flow)
    return [*met, *(key for key in flow.steps if key not in set(met))]
