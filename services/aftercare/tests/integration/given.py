"""What intake tells aftercare."""

from typing import Any
from uuid import uuid4


def detention_registered() -> dict[str, Any]:
    """The data of the event, as they go over the wire."""
    return {
        "detentionId": str(uuid4()),
        "subjectId": str(uuid4()),
        "municipality": "Gouda",
        "institution": "PI Alphen aan den Rijn",
        "detainedOn": "2015-03-02",
        "expectedReleaseOn": "2015-07-01",
        "ownAftercare": False,
        "registeredOn": "2015-03-03",
    }
