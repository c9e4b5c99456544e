"""Forms in lists that are sent with one click of several."""

from typing import Any

from werkzeug.exceptions import BadRequest
from wtforms import HiddenField, StringField

from desk.forms import DeskForm


class ClickForm(DeskForm):
    """Base of them: whoever clicks types nothing wrong."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Raises BadRequest for what no page sends."""
        if not super().validate(extra_validators):
            raise BadRequest
        return True


class RemarkForm(ClickForm):
    """With a remark for whoever has one. corrects: in place of what was said before."""

    remark = StringField()
    corrects = HiddenField()

    def command(self) -> dict[str, str]:
        """What was clicked, and the remark if there is one."""
        said = {name: (value or "").strip() for name, value in self.values.items() if name != "corrects"}
        return {name: value for name, value in said.items() if value}
