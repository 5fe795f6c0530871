"""Imports every module of the house and watches; run by `test_house.py` in a process of its own.

Prints a line for each thing that an import does besides reading program text.
"""

import importlib
import importlib.metadata
import os
import sys
import threading
from pathlib import Path
from typing import Any

DOES = {
    "socket.connect": "connects",
    "socket.bind": "binds a port",
    "socket.getaddrinfo": "looks up a name",
    "subprocess.Popen": "starts a program",
    "os.system": "starts a program",
    "sqlite3.connect": "opens a database",
    "os.mkdir": "makes a folder",
    "os.remove": "removes a file",
    "os.rename": "renames a file",
}


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Report what no import may do."""
    if event in DOES:
        say(f"{DOES[event]}: {arguments[-1]}")
    elif event == "open" and isinstance(arguments[2], int):
        writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and arguments[0] != os.devnull:
            say(f"writes {arguments[0]}")


def say(words: str) -> None:
    """One line for the test, with the module that is being imported."""
    sys.stdout.write(f"{module}: {words}\n")


def alone(name: str) -> int:
    """Import one module in a child that has imported none of ours."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        importlib.import_module(name)
    except BaseException as wrong:  # noqa: BLE001 (the child's only way to tell)
        say(f"cannot be imported by itself: {wrong!r}")
        sys.stdout.flush()
        os._exit(1)
    if threading.active_count() > 1:
        say("starts a thread")
    sys.stdout.flush()
    os._exit(0)


module = "third parties"
third_parties, *modules = sys.argv[1:]
for dependency in third_parties.split(","):
    importlib.import_module(dependency)
sys.path.insert(0, str(Path.cwd()))
sys.addaudithook(watch)
failed = 0
for module in modules:
    failed += alone(module) != 0
sys.exit(failed > 0)
