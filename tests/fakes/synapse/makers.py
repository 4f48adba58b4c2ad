"""The types of the fixtures that make people, for the annotations of tests."""

from collections.abc import Awaitable
from typing import Protocol

from tests.fakes.synapse.e2ee import EncryptedMember
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import Account, SynapseServer


class MakeAccount(Protocol):
    """`await make_account("anna")` → an Account named anna-<random>; on the shared server unless told otherwise."""

    def __call__(
        self, name: str, *, admin: bool = False, server: SynapseServer | None = None
    ) -> Awaitable[Account]: ...


class MakeMember(Protocol):
    """`await make_member("anna")` → a Member who is online until the test ends; `url` may be a proxy's."""

    def __call__(
        self,
        name: str,
        *,
        admin: bool = False,
        server: SynapseServer | None = None,
        url: str | None = None,
        listening: bool = True,
        patient: bool = False,
    ) -> Awaitable[Member]: ...


class MakeEncryptedMember(Protocol):
    """`await make_encrypted_member("ola")` → an EncryptedMember who is online until the test ends."""

    def __call__(self, name: str, *, server: SynapseServer | None = None) -> Awaitable[EncryptedMember]: ...
