import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from replay.published import PublishedError, read_year

FILE = Path("data/hollands-midden-2015.json")


def written(directory: Path, **changes: Any) -> Path:
    file = directory / "year.json"
    file.write_text(json.dumps(json.loads(FILE.read_text(encoding="utf-8")) | changes), encoding="utf-8")
    return file


def test_the_shipped_year_is_read() -> None:
    year = read_year(FILE)
    assert (year.house, year.year, year.weighed_referrals) == ("hollands-midden", 2015, 1469)
    assert year.by_municipality[2].cases("focus") == 95


def test_every_problem_is_told_at_once_with_its_path(tmp_path: Path) -> None:
    file = written(tmp_path, year="MMXV", sex={"men": 3}, by_municipality=[{"municipality": "Gouda", "briefing": -1}])
    with pytest.raises(PublishedError) as error:
        read_year(file)
    for line in ("year.json: year:", "year.json: sex.men", "by_municipality[0].briefing:", "[0].total: Missing"):
        assert line in str(error.value)


def test_a_municipality_stands_there_once(tmp_path: Path) -> None:
    row = {"municipality": "Gouda", "briefing": 1, "aftercare": 0, "focus": 0, "total": 1}
    with pytest.raises(PublishedError, match="by_municipality: named twice: Gouda"):
        read_year(written(tmp_path, by_municipality=[row, row]))


def test_a_file_that_is_not_there_or_not_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(PublishedError, match=r"gone\.json: No such file"):
        read_year(tmp_path / "gone.json")
    (tmp_path / "half.json").write_text('{"house":', encoding="utf-8")
    with pytest.raises(PublishedError, match=r"half\.json: not JSON"):
        read_year(tmp_path / "half.json")


def test_the_account_of_the_fund_is_read() -> None:
    account = read_year(FILE).account
    assert account
    assert (account.trajectories.count, account.trajectories.cost_eur) == (37, Decimal("47030"))
    assert account.transition_houses == {"gouda": {"places": 6, "in": 9, "out": 4, "mean_stay_days": 164}}


def test_what_cannot_be_in_an_account_is_told_with_its_path(tmp_path: Path) -> None:
    account = json.loads(FILE.read_text(encoding="utf-8"))["van_der_staaij"]
    account["trajectories"]["needs"]["housing"] = 38
    account["conversations"]["cost_eur"] = "1.005"
    account["work_training"]["trained"] = 9
    other = json.loads(FILE.read_text(encoding="utf-8"))["van_der_staaij"]
    other["transition_house_gouda"]["out"] = 10
    with pytest.raises(PublishedError, match="transition_house_gouda: more left than came"):
        read_year(written(tmp_path, van_der_staaij=other))
    with pytest.raises(PublishedError) as error:
        read_year(written(tmp_path, van_der_staaij=account))
    for line in ("trajectories.needs: more than there are: housing", "conversations.cost_eur", "work_training.offered"):
        assert f"van_der_staaij.{line}" in str(error.value)
