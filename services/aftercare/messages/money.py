"""Money on the wire."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, post_load, pre_dump, validate

from services.aftercare.domain.money import CENT
from shared.schemas import StrictSchema

AMOUNT = validate.Regexp(r"^-?\d{1,9}(\.\d{1,2})?\Z", error="Must be euros and cents as text, such as 12.50.")


class Money(StrictSchema):
    """An amount of money. `amount` is text, with two decimals at most; `currency` is EUR."""

    amount = fields.String(required=True, validate=AMOUNT)
    currency = fields.String(required=True, validate=validate.Equal("EUR", error="Must be EUR."))

    @post_load
    def to_decimal(self, data: dict[str, Any], **_: Any) -> Decimal:
        amount = Decimal(data["amount"]).quantize(CENT)
        if amount <= 0:
            raise ValidationError("Must be above zero.", "amount")
        return amount

    @pre_dump
    def from_decimal(self, amount: Decimal, **_: Any) -> dict[str, str]:
        return {"amount": str(amount.quantize(CENT)), "currency": "EUR"}
