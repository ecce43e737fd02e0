"""A gate between a process and Redis: it can be shut, hold everything back, or do mischief."""

import random
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

_CHUNK = 65536
Damage = Callable[[bytes], "bytes | None"]


class Damager(Protocol):
    """Does something to what a server sends."""

    def to(self, talk: "Talk") -> Damage:
        """What to do with the answers on one connection."""


class Gate:
    """A TCP proxy in front of a Redis server, at an address of its own.

    Args:
        damage: what happens to each chunk that the server sends; None cuts the connection. The
            connection that hears invalidations is only cut and delayed, never altered.
    """

    def __init__(self, url: str, damage: "Damager | None" = None) -> None:
        parts = urlsplit(url)
        self._server = (str(parts.hostname), int(parts.port or 0))
        self._damage = damage
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        address = f"{parts.username}:{parts.password}@127.0.0.1:{port}"
        self.url = urlunsplit(parts._replace(netloc=address))
        self._lock = threading.Lock()
        self._shut = False
        self._flowing = threading.Event()
        self._flowing.set()
        self._open: set[socket.socket] = set()
        self._silent: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    @property
    def is_open(self) -> bool:
        """Whether everything passes."""
        return not self._shut and self._flowing.is_set()

    def shut(self) -> None:
        """As a server that died: connections are cut, and new ones too."""
        with self._lock:
            self._shut = True
            for connection in self._open:
                _cut(connection)
            self._open.clear()

    def hang(self) -> None:
        """As a server that hangs: connections stay and are made, nothing is answered."""
        self._flowing.clear()

    def fall_silent(self) -> None:
        """Nothing passes any more on connections that are open; new ones work."""
        with self._lock:
            self._silent |= self._open

    def open(self) -> None:
        """Everything passes again, also what was sent meanwhile."""
        with self._lock:
            self._shut = False
        self._flowing.set()

    def close(self) -> None:
        """The end of the gate."""
        self.shut()
        self._flowing.set()
        _cut(self._listener)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, name="gate", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            self._join(client)

    def _join(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(self._server)
        except OSError:
            client.close()
            return
        for connection in (client, server):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            if self._shut:
                client.close()
                server.close()
                return
            self._open |= {client, server}
        talk = Talk()
        self._start(self._pump, client, server, talk.sees)
        damage = self._damage
        self._start(self._pump, server, client, damage and damage.to(talk))

    def _pump(self, source: socket.socket, target: socket.socket, alter: Damage | None) -> None:
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                self._flowing.wait()
                if source in self._silent:
                    continue
                altered = data if alter is None else alter(data)
                if altered is None:
                    break
                target.sendall(altered)
        with self._lock:
            self._open -= {source, target}
            self._silent -= {source, target}
        _cut(source)
        _cut(target)
        # Each pump closes the side that it alone reads.
        source.close()


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@dataclass
class Talk:
    """What is known of one connection."""

    hears_invalidations: bool = False

    def sees(self, data: bytes) -> bytes:
        """Look at what the client sends."""
        if b"TRACKING" in data:
            self.hears_invalidations = True
        return data


@dataclass
class Mischief:
    """Random damage to a server's answers, from a seed.

    What TCP itself promises is kept, in the direction of requests and for invalidations: nobody
    can be told of a change by a message that was replaced by another.

    Attributes:
        cut, delay, flip: how likely a chunk cuts the connection, comes late, or has a bit flipped.
        longest: seconds that a chunk is late at most.
    """

    seed: int
    cut: float = 0.0
    delay: float = 0.0
    flip: float = 0.0
    longest: float = 0.4
    done: int = 0

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def end(self) -> None:
        """No mischief from now on."""
        self._stop.set()

    def to(self, talk: Talk) -> Damage:
        """What to do with the answers on one connection."""
        return lambda data: self._damage(data, talk)

    def _damage(self, data: bytes, talk: Talk) -> bytes | None:
        if self._stop.is_set():
            return data
        with self._lock:
            chance, amount = self._dice.random(), self._dice.random()
            position = self._dice.randrange(len(data) * 8)
            if chance < self.cut + self.delay + self.flip:
                self.done += 1
        if chance < self.cut:
            return None
        if chance < self.cut + self.delay:
            self._stop.wait(amount * self.longest)
        elif chance < self.cut + self.delay + self.flip and not talk.hears_invalidations:
            altered = bytearray(data)
            altered[position // 8] ^= 1 << position % 8
            return bytes(altered)
        return data
