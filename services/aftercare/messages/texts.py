"""How long people's texts may be, and how a code is written."""

from marshmallow import validate

CODE = validate.Regexp("^[a-z0-9][a-z0-9_-]{0,63}$", error="Must be a code: a-z, 0-9, - and _.")
LINE = validate.Length(min=1, max=200)
TEXT = validate.Length(min=1, max=2000)
EACH_DOMAIN = validate.Length(min=1, max=20)
