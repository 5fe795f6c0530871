"""What an operator's monitoring reads at `/metrics`: every figure is declared here."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.services.health import Counts
from bot.services.services import Services

DISTRIBUTION = "switchboard-bot"


class Metrics(Collector):
    """The figures of one program, gathered when somebody asks.

    Counters begin at zero with the process; gauges are read from the database.

    Args:
        outcomes: how the requests of each account ended, by the account's name; it lives on.
    """

    def __init__(self, services: Services, outcomes: Mapping[str, Mapping[str, int]]) -> None:
        self._services, self._outcomes = services, outcomes
        self._counts: Counts | None = None
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    async def text(self) -> bytes:
        """All figures in Prometheus' text form; those of the database only where it answers."""
        try:
            self._counts = await self._services.checkup.count()
        except Exception:  # noqa: BLE001 - `/readyz` tells why
            self._counts = None
        return generate_latest(self._registry)

    def describe(self) -> Iterator[Metric]:
        """Nothing: a registry that asked would read the figures before there are any."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Every figure, as they are now."""
        build = GaugeMetricFamily(
            "switchboard_build_info",
            "Always 1; the labels name what runs.",
            labels=("version", "python"),
        )
        build.add_metric((version(DISTRIBUTION), platform.python_version()), 1)
        yield build
        yield self._accepted()
        yield self._requests()
        if self._counts is not None:
            yield from _stored(self._counts)

    def _accepted(self) -> Metric:
        family = CounterMetricFamily(
            "switchboard_deliveries_accepted",
            "Deliveries of providers that were stored, repeated ones too.",
            labels=("account", "kind"),
        )
        for account in self._services.accounts:
            for kind in (*account.hooks, "other"):
                count = self._services.intake.accepted[account.name, kind]
                family.add_metric((account.name, kind), count)
        return family

    def _requests(self) -> Metric:
        family = CounterMetricFamily(
            "switchboard_provider_requests",
            "Requests to providers by how they ended; each try of a read counts.",
            labels=("account", "provider", "outcome"),
        )
        for account in self._services.accounts:
            title = account.telephony.title
            for outcome, count in self._outcomes[account.name].items():
                family.add_metric((account.name, title, outcome), count)
        return family


def _stored(counts: Counts) -> Iterator[Metric]:
    unsettled = GaugeMetricFamily(
        "switchboard_deliveries",
        "Stored deliveries that were not read: new ones wait, the others cannot be read.",
        labels=("state",),
    )
    for delivery_state, count in counts.deliveries.items():
        unsettled.add_metric((delivery_state.value,), count)
    changes = GaugeMetricFamily(
        "switchboard_changes", "Changes by how far they have come.", labels=("state",)
    )
    for change_state, count in counts.changes.items():
        changes.add_metric((change_state.value,), count)
    cards = GaugeMetricFamily(
        "switchboard_cards", "Cards that Slack was not given yet, or refuses.", labels=("state",)
    )
    cards.add_metric(("waiting",), counts.cards_waiting)
    cards.add_metric(("refused",), counts.cards_refused)
    yield from (unsettled, changes, cards)
