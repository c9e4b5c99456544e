"""marshmallow schemas derived from typed classes, with fast loads and dumps."""

from shared.schemas.derived import schema_of
from shared.schemas.fast import (
    AnnouncedSchema,
    MessageSchema,
    ProfileSchema,
    StrictSchema,
    camel_case,
    names_in,
)

__all__ = [
    "AnnouncedSchema",
    "MessageSchema",
    "ProfileSchema",
    "StrictSchema",
    "camel_case",
    "names_in",
    "schema_of",
]
