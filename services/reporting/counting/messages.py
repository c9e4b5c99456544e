"""How figures are written over HTTP."""

from typing import Any

from marshmallow.fields import Field

from shared.schemas import StrictSchema


class FiguresSchema(StrictSchema):
    """Names on the wire are snake_case: those of the published figures, where these have them."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.data_key = field_name
