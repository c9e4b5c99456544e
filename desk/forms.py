"""Forms: what was typed is kept until it has taken effect, and takes effect once.

    class DecisionForm(DeskForm):
        decision = RadioField("Besluit", choices=…, validators=[InputRequired()])

    form = DecisionForm.at(f"decision/{referral_id}")
    return send(form, "weighing", "/v1/…", form.command, then=url_for(…), again=partial(_page, form))

The hidden field `form_token` is part of every form. A form that is shown again keeps its key, so that what was sent
without an answer can be sent again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from babel.support import LazyProxy
from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, HiddenField

from desk.access import form_token, session
from desk.drafts.store import DraftStore
from desk.form_token import FIELD, FormToken
from desk.language import language
from desk.parts import parts
from desk.services import Problem


class DeskForm(Form):
    """Base of every form. restored_at: when the draft that fills the form was saved; None without a draft.

    typed: what was sent, or what the draft has, by the names of the fields; None in a form that is begun.
    refusals: what is said of what the service does not accept, by its code. blamed: the fields, by what it calls them.
    """

    refusals: ClassVar[Mapping[str, LazyProxy]] = {}
    blamed: ClassVar[Mapping[str, str]] = {}

    class Meta:
        """WTForms' own messages follow the person's language."""

        @property
        def locales(self) -> tuple[str]:
            return (language(),)

    form_token = HiddenField()
    token: FormToken
    restored_at: datetime | None = None
    typed: MultiDict[str, str] | None = None

    @classmethod
    def at(cls, name: str, /, *, prefix: str = "", **defaults: Any) -> Self:
        """The form as it was sent; or as its draft has it; or with these defaults.

        name: the kind of form and the id that it is about, `decision/018f…`; it names drafts, so it tells no more.
        prefix: of the names of the fields, where a page has several forms.
        """
        if request.method == "POST" and form_token().form == name:
            form = cls(request.form, prefix=prefix)
            return form._with(form_token(), request.form)
        with parts().database.transaction() as connection:
            draft = DraftStore(connection, parts().settings.session_key).newest(session().person.id, name)
        form = cls(draft.fields if draft else None, prefix=prefix, data=defaults)
        form.restored_at = draft.saved_at if draft else None
        return form._with(FormToken.new(session().person.id, name, request.path), draft.fields if draft else None)

    def _with(self, token: FormToken, typed: MultiDict[str, str] | None) -> Self:
        self.token, self.typed = token, typed
        self.form_token.data = token.sealed(parts().settings.session_key)
        return self

    @property
    def is_sent(self) -> bool:
        """Whether this form was sent, and not another one of the page."""
        return request.method == "POST" and form_token() == self.token

    @property
    def key(self) -> UUID:
        """Of the command: a form that is sent twice takes effect once."""
        return self.token.key

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by field."""
        return {name: value for name, value in self.data.items() if name != FIELD}

    def blame(self, problems: Sequence[Problem]) -> None:
        """Say what the service does not accept, at the field to blame or above the form."""
        for problem in problems:
            say(self, problem.told(self.refusals), self.field_of(problem.field))

    def field_of(self, wire: str) -> Field | None:
        """The field that the service calls so, `criteria[0]`; None if the form has none."""
        return self._fields.get(self.blamed.get(wire.partition("[")[0], ""))

    def forget_drafts(self, rest: MultiDict[str, str] | None = None) -> None:
        """The form has taken effect: nobody is to type it again, and what is shown of it from here on is a new form.

        rest: the fields that had no effect; they are a draft of the new form.
        """
        sent, new = self.token, FormToken.new(self.token.person, self.token.form, self.token.page)
        with parts().database.transaction() as connection:
            drafts = DraftStore(connection, parts().settings.session_key)
            drafts.close(sent)
            if rest is not None:
                drafts.save(new, rest)
        self._with(new, self.typed)


def say(form: Form, words: str, field: Field | None = None) -> None:
    """What is wrong, once: at a field of the form, or above it."""
    errors = form.form_errors if field is None else list(field.errors)
    if words not in errors:
        errors.append(words)
    if field is not None:
        field.errors = errors


def new_token() -> str:
    """The value of the hidden field `form_token` of a form that has nothing but a button, and so no drafts."""
    return FormToken.new(session().person.id, "", request.path).sealed(parts().settings.session_key)
