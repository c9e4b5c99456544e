from pathlib import Path

import pytest

from bench.ground import Ground
from bench.pages import TARGET, measure, told


@pytest.mark.timeout(300)
def test_each_page_is_asked_as_somebody_who_is_signed_in_while_referrals_flow(tmp_path: Path) -> None:
    with Ground(tmp_path, for_people=True) as ground:
        figures = measure(ground, cases=500, times=2)
    for name, each in figures.items():
        assert 0 < each.p50 <= each.p95, name
        assert each.kilobytes > 1, name
        assert each.unanswered == 0, name
    board = figures["Briefing, a full board"]
    assert board.kilobytes > figures["Briefings"].kilobytes
    assert board.services.keys() == {"intake", "weighing", "meetings"}
    assert figures["Over mij"].services == {}
    late = {name for name, each in figures.items() if each.p95 >= TARGET}
    assert all(name in told(figures).splitlines()[-1] for name in late)
