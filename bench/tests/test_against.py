from pathlib import Path

from bench.against import draw, side_by_side
from deploy.local.installation import ROOT


def test_two_checkouts_carry_the_same_work_in_turns(tmp_path: Path) -> None:
    work = tmp_path / "work.json"
    draw(work, referrals=20)
    costs = side_by_side({"earlier": (ROOT, work), "this": (ROOT, work)}, pairs=1)
    assert costs.keys() == {"earlier", "this"}
    for [run] in costs.values():
        assert {"intake", "reporting-relay", "broker", "postgres"} < run.keys()
        assert all(seconds > 0 for name, seconds in run.items() if name in ("intake", "postgres"))
