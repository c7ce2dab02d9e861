# SPDX-License-Identifier: Apache-2.0
"""Work done apart: foreign bytes are read in a child process that can do little harm and not last long.

The child gets the bytes through a pipe and hands back JSON and bytes, never pickled objects, so that even a
child taken over by a hostile file can only give a wrong answer. It has at most 1 GB of memory (where the
system can say so), 20 seconds, no network (a network namespace of its own where Linux allows it, an audit
hook everywhere), and writes no file. The hook does not stop code that has left Python altogether.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import multiprocessing
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from qcdesk.domain.inputs import BadInput

MEMORY_BYTES = 1_000_000_000
SECONDS = 20

Facts = dict[str, Any]
Task = Callable[[Facts, bytes], tuple[Facts, bytes]]

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_FORBIDDEN = (
    *("socket.", "subprocess.", "ctypes.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.kill"),
)


def work_apart(
    task: Task, request: Facts, payload: bytes, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES
) -> tuple[Facts, bytes]:
    """Run a module's own function on foreign bytes in a child process and return what it hands back.

    Args: task: a function at the top of a module. request: facts that JSON can carry. payload: the bytes.
    Raises: BadInput: what the task raised; ``reading_too_long`` (facts ``seconds``) or ``reading_too_big``
        (facts ``bytes``) when a limit was met; ``reading_broke`` when the child died of the file.
        RuntimeError: the task itself has a bug.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_serve, args=(there, task, memory_bytes, int(seconds) + 1), daemon=True)
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    with here:
        with (
            _no_interrupts()
        ):  # Ctrl-C is the parent's to answer; a child that inherits this prints no traceback
            child.start()
        there.close()
        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            here.send_bytes(json.dumps(request).encode())
            here.send_bytes(payload)
            answer: Facts = json.loads(here.recv_bytes())
            result = here.recv_bytes()
        except (EOFError, OSError) as gone:
            if late.is_set():
                raise BadInput("reading_too_long", facts={"seconds": seconds}) from gone
            raise BadInput("reading_broke") from gone
        finally:
            timer.cancel()
            child.kill()
            child.join()
            child.close()
    if "bad" in answer:
        bad = answer["bad"]
        raise BadInput(bad["code"], facts=bad["facts"], where=bad["where"])
    if "bug" in answer:
        raise RuntimeError(answer["bug"])
    return answer["done"], result


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, task: Task, memory_bytes: int, seconds: int) -> None:
    request = json.loads(pipe.recv_bytes())
    payload = pipe.recv_bytes()
    _lock_in(memory_bytes, seconds)
    result = b""
    try:
        done, result = task(request, payload)
        answer: Facts = {"done": done}
    except BadInput as bad:
        answer = {"bad": {"code": bad.code, "facts": bad.facts, "where": bad.where}}
    except MemoryError:
        answer = {"bad": {"code": "reading_too_big", "facts": {"bytes": memory_bytes}, "where": {}}}
    except Exception:  # the child's own last hook: only so does a bug here reach the parent's
        answer = {"bug": traceback.format_exc()}
    pipe.send_bytes(json.dumps(answer).encode())
    pipe.send_bytes(result)
    pipe.close()


def _lock_in(memory_bytes: int, seconds: int) -> None:
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        # Not every kernel lets a process give itself a namespace; the hook below holds in any case.
        if libc.unshare(_NEW_USER | _NEW_NET) != 0:
            libc.unshare(_NEW_NET)
    if sys.platform != "win32":
        import resource

        for limit, value in (
            (resource.RLIMIT_AS, memory_bytes),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # macOS knows no limit on addresses
                resource.setrlimit(limit, (value, value))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    writing = event == "open" and isinstance(arguments[1], str) and set("wax+") & set(arguments[1])
    if writing or event.startswith(_FORBIDDEN):
        raise PermissionError(event)
