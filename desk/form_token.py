"""The hidden field of every form: for whom the desk made it, which form it is, and the key that lets it act once.

Only the desk can make one, for the person who is signed in: so no other site can send a form in the person's name
(CSRF), a form that is sent twice carries the same idempotency key, and a form that is sent after the session has ended
tells whose draft it is.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

import orjson

from shared.keys import Keys, Unreadable

FIELD = "form_token"
CONTEXT = b"form token"


class FormToken(NamedTuple):
    """person: the id of whom the form is for. form: its kind and the id that it is about, `decision/018f…`; empty for a
    form that has nothing but a button. key: of this form in this tab. page: where the form is, a path.
    """

    person: str
    form: str
    key: UUID
    page: str

    @classmethod
    def new(cls, person: str, form: str, page: str) -> "FormToken":
        return cls(person, form, uuid4(), page)

    def sealed(self, keys: Keys) -> str:
        """The value of the field."""
        return urlsafe_b64encode(keys.seal(orjson.dumps(list(self)), CONTEXT)).decode()

    @classmethod
    def open(cls, text: str, keys: Keys) -> "FormToken":
        """Raises Unreadable for what the desk did not make."""
        try:
            person, form, key, page = orjson.loads(keys.open(urlsafe_b64decode(text), CONTEXT))
        except ValueError:
            raise Unreadable("is no form token") from None
        return cls(person, form, UUID(key), page)

    def key_of(self, part: str) -> UUID:
        """The idempotency key of one of several commands of the form, for example of one referral of many."""
        return uuid5(self.key, part)
