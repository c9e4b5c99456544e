"""marshmallow schemas derived from typed classes, with fast loads and dumps."""

from shared.schemas.day_rules import bound_fields, broken_days
from shared.schemas.derived import schema_of
from shared.schemas.fast import (
    REASONS,
    UNKNOWN_FIELD,
    AnnouncedSchema,
    MessageSchema,
    ProfileSchema,
    StrictSchema,
    camel_case,
    names_in,
)

__all__ = [
    "REASONS",
    "UNKNOWN_FIELD",
    "AnnouncedSchema",
    "MessageSchema",
    "ProfileSchema",
    "StrictSchema",
    "bound_fields",
    "broken_days",
    "camel_case",
    "names_in",
    "schema_of",
]
