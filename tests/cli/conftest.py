"""The demo's world in the test's own process, and an installation that knows it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.world import World
from tests.processes import Installation, environment


@pytest.fixture(scope="session")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytecode")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(port=0, folder=tmp_path)
    await world.start()
    yield world
    await world.close()


@pytest.fixture
def settings(world: World) -> dict[str, Any]:
    """What the file holds; a test may change it and write it again."""
    return world.settings() | {"log": {"format": "json"}}


@pytest.fixture
def bare(tmp_path: Path, bytecode: Path) -> Installation:
    """An installation without a settings file."""
    folder = tmp_path / "installation"
    folder.mkdir()
    return Installation(folder, environment(bytecode))


@pytest.fixture
def installation(bare: Installation, settings: dict[str, Any]) -> Installation:
    bare.write(settings)
    return bare
