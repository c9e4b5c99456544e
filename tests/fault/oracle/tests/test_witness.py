import json
from pathlib import Path

from tests.fault.oracle.witness import Deed, Heard, Sent, Witness

SENT = {
    "id": None,
    "user": "hollands-midden.gemeente-gouda",
    "type": "current-referrals.submitted.v1",
    "person": "12",
    "number": 1,
    "wrong": "not JSON",
    "times": 2,
    "weighed": False,
    "about": None,
    "confirmed_at": 1.5,
}
HEARD = {
    "user": "hollands-midden.gemeente-gouda",
    "id": "an event",
    "type": "messages.accepted.v1",
    "caseId": "a case",
    "sequence": "17",
    "data": {"messageId": "a message"},
    "at": 2.5,
}
DECIDED = {"what": "decide", "referralId": "a referral", "tabling": 1, "decision": "focus", "opens": "focus"}


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    told = {
        "house": "hollands-midden",
        "year": 1987,
        "sent": [SENT],
        "heard": [HEARD, {**HEARD, "caseId": None, "sequence": None}],
        "done": [DECIDED, {"what": "close", "tableCaseId": "a table case"}],
        "failed": ["in vain"],
    }
    record = tmp_path / "witness.json"
    record.write_text(json.dumps(told))
    heard = Heard(
        user="hollands-midden.gemeente-gouda",
        id="an event",
        type="messages.accepted.v1",
        case_id="a case",
        sequence=17,
        data={"messageId": "a message"},
    )
    unnumbered = Heard(user=heard.user, id=heard.id, type=heard.type, case_id=None, sequence=None, data=heard.data)
    read = Witness.read(record)
    assert [each.at for each in read.heard] == [2.5, 2.5]
    assert read == Witness(
        house="hollands-midden",
        year=1987,
        sent=(
            Sent(
                id=None,
                user="hollands-midden.gemeente-gouda",
                type="current-referrals.submitted.v1",
                person="12",
                number=1,
                wrong="not JSON",
                times=2,
                weighed=False,
                confirmed_at=1.5,
            ),
        ),
        heard=(heard, unnumbered),
        done=(
            Deed(what="decide", about="a referral", tabling=1, decision="focus", opens="focus"),
            Deed(what="close", about="a table case"),
        ),
        failed=("in vain",),
    )
