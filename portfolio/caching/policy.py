"""What a cache policy is: a name, lifetimes, arguments and the tags it depends on."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import msgspec

ALL = "all"
"""The tag that every entry depends on."""
BRIEF_TTL = 60
"""Longest life, in seconds, of an entry whose arguments anyone may invent, unless its policy says
otherwise."""
SLOTS = 512
"""Most entries of one policy whose arguments anyone may invent, unless it says otherwise."""

_encode = msgspec.json.Encoder(order="sorted").encode


def is_row(tag: str) -> bool:
    """Whether a tag stands for one row, `entity:column=value`, and not for what many share."""
    entity, colon, row = tag.partition(":")
    return bool(entity and colon and "=" in row)


class CacheType(StrEnum):
    """The kinds of entries; none can read, collide with or clear another."""

    API = "api"
    QUERY = "query"
    STATISTICS = "statistics"
    EMBEDDINGS = "embeddings"
    RAG = "rag"
    CHAT = "chat"
    JOB_ANALYSIS = "job_analysis"


class Form(StrEnum):
    """How a policy's values are written."""

    MSGPACK = "msgpack"
    FLOAT32 = "float32"


class PolicyError(Exception):
    """A policy is defined or used wrongly."""


@dataclass(frozen=True, slots=True)
class Key:
    """Where an entry stands and what it has to say it is.

    Attributes:
        name: of the stored key, without the installation's prefix: `type:policy:digest`, or
            `type:policy:slot` where different arguments share a place.
        identity: `type:policy:digest`, one for each version of the arguments.
    """

    name: str
    identity: str

    @property
    def is_shared(self) -> bool:
        """Whether entries of other arguments may take its place."""
        return self.name != self.identity


@dataclass(frozen=True)
class Policy:
    """One row of the policy table.

    Attributes:
        ttl: seconds an entry is fresh.
        jitter: largest part of the ttl that is taken off at random, so that entries made
            together do not expire together.
        arguments: names of everything that may make one entry differ from another.
        depends: templates of data tags, filled with the arguments: `project:slug={slug}`.
        stale: seconds after the ttl in which an entry that nothing has invalidated is still
            served, while it is computed anew.
        error_ttl: seconds for which it is remembered that there is no such thing.
        free: arguments whose values anyone may invent (free text, page numbers). Entries that
            have one live briefly, in a fixed number of places of their own.
        brief_ttl: longest life, in seconds, of such entries.
        slots: the number of their places.
        client_stale: seconds for which browsers and proxies may use a response while they ask
            for a newer one, or while they get none; 0: they have to ask each time.
        copied: whether processes keep copies in their own memory. Without them an entry that is
            forgotten is nowhere.
        version: raised when the stored form changes, so that older entries are not read.
    """

    name: str
    type: CacheType
    ttl: int
    depends: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    jitter: float = 0.1
    stale: int = 0
    error_ttl: int = 0
    free: tuple[str, ...] = ()
    brief_ttl: int = BRIEF_TTL
    slots: int = SLOTS
    client_stale: int = 0
    form: Form = Form.MSGPACK
    copied: bool = True
    version: int = 1

    def __post_init__(self) -> None:
        unknown = sorted(set(self.free) - set(self.arguments))
        if unknown:
            raise PolicyError(f"policy {self.name} does not name {', '.join(unknown)}")

    @property
    def tag(self) -> str:
        """The tag of every entry of this policy."""
        return f"policy={self.name}"

    def canonical(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The named arguments that are set, sorted by name.

        Raises:
            PolicyError: an argument is not named by the policy.
        """
        unknown = sorted(arguments.keys() - set(self.arguments))
        if unknown:
            raise PolicyError(f"policy {self.name} does not name {', '.join(unknown)}")
        return {name: arguments[name] for name in sorted(arguments) if arguments[name] is not None}

    def tags(self, arguments: Mapping[str, Any]) -> tuple[str, ...]:
        """All tags an entry with these arguments depends on, known before it is computed."""
        values = {name: arguments.get(name) for name in self.arguments}
        return (ALL, self.tag, *(template.format_map(values) for template in self.depends))

    @property
    def absence_tags(self) -> tuple[str, ...]:
        """What it depends on that there is no such thing: whole tables, for any row may come."""
        tables = (template.partition(":")[0] for template in self.depends)
        return (ALL, self.tag, *dict.fromkeys(tables))

    def is_brief(self, arguments: Mapping[str, Any]) -> bool:
        """Whether somebody may have invented the arguments."""
        return any(arguments.get(name) is not None for name in self.free)

    def key(self, epoch: str, arguments: Mapping[str, Any]) -> Key:
        """The entry's key; for arguments that anyone may invent it is in a shared place."""
        identity = f"{self.type}:{self.name}:{self.digest(epoch, arguments)}"
        key = Key(identity, identity)
        return self.brief_key(key) if self.is_brief(arguments) else key

    def brief_key(self, key: Key) -> Key:
        """A shared place for the same arguments."""
        slot = int(key.identity[-8:], 16) % self.slots
        return Key(f"{self.type}:{self.name}:s{slot}", key.identity)

    def digest(self, epoch: str, arguments: Mapping[str, Any]) -> str:
        """The part of the key that stands for the arguments: 24 hexadecimal digits."""
        text = _encode((epoch, self.version, self.canonical(arguments)))
        return hashlib.blake2b(text, digest_size=12).hexdigest()


class PolicyTable(Mapping[str, Policy]):
    """All policies by name, immutable."""

    def __init__(self, *policies: Policy) -> None:
        self._policies = MappingProxyType({policy.name: policy for policy in policies})
        if len(self._policies) != len(policies):
            raise PolicyError("two policies share a name")
        shared = self._policies.keys() & {"all", *CacheType}
        if shared:
            raise PolicyError(f"a policy cannot be called {', '.join(sorted(shared))}")

    def __getitem__(self, name: str) -> Policy:
        return self._policies[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._policies)

    def __len__(self) -> int:
        return len(self._policies)

    def select(self, selector: str) -> tuple[Policy, ...]:
        """The policies meant by `all`, a type or a policy's name.

        Raises:
            PolicyError: there is no such type or policy.
        """
        if selector == ALL:
            return tuple(self.values())
        if selector in set(CacheType):
            return tuple(policy for policy in self.values() if policy.type == selector)
        if selector in self:
            return (self[selector],)
        choices = ", ".join([ALL, *CacheType, *self])
        raise PolicyError(f"unknown cache type or policy {selector!r}; choose one of {choices}")

    def with_lifetimes(self, lifetimes: Mapping[str, int]) -> "PolicyTable":
        """The same table with other ttls.

        Raises:
            PolicyError: a lifetime is given for a policy that does not exist.
        """
        unknown = sorted(lifetimes.keys() - self.keys())
        if unknown:
            raise PolicyError(f"no such policy: {', '.join(unknown)}")
        return PolicyTable(
            *(
                replace(policy, ttl=lifetimes.get(policy.name, policy.ttl))
                for policy in self.values()
            )
        )
