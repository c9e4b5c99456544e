"""marshmallow schemas that follow from typed classes, and read and write them fast."""

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
