"""Under which the pages of Beheer stand, and what their templates have in common."""

from typing import Any

from flask import Blueprint

from desk.language import lazy
from desk.operations import words

blueprint = Blueprint("operations", __name__, template_folder="templates", url_prefix="/operations")

PARTS = {
    "operations.show": lazy("Overview"),
    "operations.parked_groups": lazy("Set aside"),
    "operations.partners": lazy("Partners"),
    "operations.processes": lazy("Processes"),
    "operations.problems": lazy("What there was"),
    "operations.manual": lazy("Manual"),
}
"""The pages of Beheer, by endpoint."""


@blueprint.context_processor
def known_to_every_part() -> dict[str, Any]:
    return {"parts_of_operations": PARTS, "words": words}
