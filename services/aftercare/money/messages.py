"""Money on the wire.

amount: Euros                   # {"amount": "12.50", "currency": "EUR"}, a Decimal inside
amount: EurosAsText             # "12.50", in events
"""

from decimal import Decimal
from functools import partial
from typing import Annotated

from marshmallow import ValidationError, fields, post_load, pre_dump, validate

from services.aftercare.money.rules import CENT
from shared.schemas import StrictSchema
from shared.schemas.derived import WholePattern
from shared.validation import Reason

AMOUNT = WholePattern(
    r"^-?[0-9]{1,9}(\.[0-9]{1,2})?$",
    error=Reason("Must be euros and cents as text, such as 12.50.", "not_an_amount"),
)
EUR = validate.Equal("EUR", error=Reason("Must be EUR.", "not_euros"))


class Money(StrictSchema):
    """An amount of money. `amount` is text, with two decimals at most; `currency` is EUR."""

    amount = fields.String(required=True, validate=AMOUNT)
    currency = fields.String(required=True, validate=EUR)

    @post_load
    def to_decimal(self, data: dict[str, str], **_: object) -> Decimal:
        amount = Decimal(data["amount"]).quantize(CENT)
        if amount <= 0:
            raise ValidationError(Reason("Must be above zero.", "not_above_zero"), "amount")
        return amount

    @pre_dump
    def from_decimal(self, amount: Decimal, **_: object) -> dict[str, str]:
        return {"amount": str(amount.quantize(CENT)), "currency": "EUR"}


Euros = Annotated[Decimal, partial(fields.Nested, Money)]
"""An amount as people give and get it."""
EurosAsText = Annotated[Decimal, partial(fields.Decimal, places=2, as_string=True)]
"""An amount as events have it; below zero for what leaves an account."""
