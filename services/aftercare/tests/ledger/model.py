"""The books as a model knows them: what moved from where to where. It knows nothing of the service's own rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from services.aftercare.accounts.rules import Dimension
from services.aftercare.commitments.rules import Commitment
from services.aftercare.ledger.rules import SOURCES, AccountKind, LedgerAccount
from services.aftercare.money.rules import shares

NEEDS = ("housing", "care", "debts")
"""The life domains, in the order of the profile."""


class Move(NamedTuple):
    """An amount that went from one account to another."""

    amount: Decimal
    out_of: LedgerAccount
    into: LedgerAccount

    @property
    def back(self) -> "Move":
        return Move(self.amount, self.into, self.out_of)


@dataclass
class Promise:
    """A commitment, or an advance if `of` is None, and its accounts."""

    id: UUID
    line: str
    of: Commitment | None = None

    @property
    def left(self) -> LedgerAccount:
        return self.account(AccountKind.COMMITMENT if self.of else AccountKind.ADVANCE)

    @property
    def spent(self) -> LedgerAccount:
        return self.account(AccountKind.SPENT)

    @property
    def available(self) -> LedgerAccount:
        return LedgerAccount(AccountKind.AVAILABLE, line=self.line)

    def account(self, kind: AccountKind) -> LedgerAccount:
        return LedgerAccount(kind, line=self.line, about=self.id)

    def shown(self, spent: Decimal) -> Iterator[tuple[tuple[Dimension, str | None], Decimal]]:
        """Under which value of each dimension of the account the spent amount must stand, and how much of it."""
        yield (Dimension.LINE, self.line), spent
        yield (Dimension.PROVIDER, self.of.provider if self.of else None), spent
        yield (Dimension.MUNICIPALITY, self.of.municipality if self.of else "Gouda"), spent
        needs = sorted(self.of.needs, key=NEEDS.index) if self.of else ()
        parts: list[Decimal] = shares(spent, [1] * len(needs)) if needs else [spent]
        for need, part in zip(needs or (None,), parts, strict=True):
            yield (Dimension.DOMAIN, need), part


@dataclass
class Model:
    """One year. correctable: what each entry moved that may be corrected."""

    balances: dict[LedgerAccount, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    commitments: list[Promise] = field(default_factory=list)
    advances: list[Promise] = field(default_factory=list)
    correctable: dict[UUID, tuple[Move, ...]] = field(default_factory=dict)
    is_closed: bool = False

    def takes(self, *moves: Move) -> bool:
        """Whether the year is open and no account would give more than it has."""
        after = self._after(moves)
        return not self.is_closed and all(
            after[account] <= 0 if account.kind in SOURCES else after[account] >= 0 for account in after
        )

    def book(self, *moves: Move) -> None:
        self.balances = self._after(moves)

    def _after(self, moves: Iterable[Move]) -> dict[LedgerAccount, Decimal]:
        after = defaultdict(Decimal, self.balances)
        for move in moves:
            after[move.out_of] -= move.amount
            after[move.into] += move.amount
        return after

    def total(self, kind: AccountKind) -> Decimal:
        return sum((amount for account, amount in self.balances.items() if account.kind is kind), Decimal())

    def standing(self) -> dict[LedgerAccount, Decimal]:
        return {account: amount for account, amount in self.balances.items() if amount}

    def spent(self) -> dict[tuple[Dimension, str | None], Decimal]:
        """What the account of the year must show, by the values of each dimension."""
        spent: dict[tuple[Dimension, str | None], Decimal] = defaultdict(Decimal)
        for promise in (*self.commitments, *self.advances):
            for key, amount in promise.shown(self.balances[promise.spent]):
                spent[key] += amount
        return {key: amount for key, amount in spent.items() if amount}
