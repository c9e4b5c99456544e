"""What an installation needs follows from what was measured, on the page too."""

import re
from dataclasses import replace

import pytest

from bench.capacity import FIGURES, STORES, VOLUMES, Measured, NotMeasured, tables
from bench.ground import Ground
from bench.upkeep import measure, told
from deploy.local.installation import ROOT
from tests.docs.markdown import rows_about

PAGE = ROOT / "docs/capacity.md"
PROCESSES = ("intake", "intake-relay", *STORES)
MEASURED = Measured(
    cpu=dict.fromkeys(PROCESSES, 1.0),
    idle=dict.fromkeys(PROCESSES, 0.01),
    memory=dict.fromkeys(PROCESSES, 50),
    stored={"intake": 2000, "reporting": 3000},
    once={
        "referrals a second": 200,
        "messages of a referral": 7.5,
        "bytes of its message": 500,
        "bytes in the streams": 2000,
        "bytes in the WAL": 20000,
    },
)


def cells(figures: str, title: str, volume: str) -> list[str]:
    """Of one row of the table with this title."""
    _, _, below = figures.partition(f"### {title}\n")
    [row] = [line for line in below.split("###")[0].splitlines() if line.startswith(f"| {volume} |")]
    return [cell.strip() for cell in row.split("|")[2:-1]]


def test_cores_follow_from_what_a_referral_costs() -> None:
    migration = "Catching up after a day, and a migration"
    *_, cores, replicas = cells(tables(MEASURED), migration, "ten such countries")
    assert float(cores) == pytest.approx(20_000_000 * 4 / 1000 / (8 * 3600) / 0.6, rel=0.05)
    assert replicas == "2"  # 694 a second, of which one carries 600
    dearer = replace(MEASURED, cpu=dict.fromkeys(PROCESSES, 2.0))
    *_, twice, _ = cells(tables(dearer), migration, "ten such countries")
    assert float(twice) == pytest.approx(2 * float(cores), rel=0.05)


def test_disk_follows_from_what_a_referral_leaves() -> None:
    year, after_ten, streams, in_all, _ = cells(tables(MEASURED), "Disk", "ten such countries")
    assert (float(year), float(after_ten)) == (10, 100)
    assert float(streams) == pytest.approx(2_000_000 * 2000 * 35 / 365 / 1e9, rel=0.05)
    assert float(in_all) == pytest.approx(3 * 2 * (100 + float(streams)), rel=0.01)


def test_results_without_upkeep_say_which_command_gives_it() -> None:
    with pytest.raises(NotMeasured, match=r"bench\.upkeep"):
        Measured.of({"throughput": {}})


def test_the_figures_of_the_page_follow_from_what_it_says_was_measured() -> None:
    def column(name: str) -> dict[str, float]:
        return {row["process"]: float(row[name]) for row in rows_about("process", PAGE)}

    figures = {row["figure"]: float(row["measured"].replace(",", "")) for row in rows_about("figure", PAGE)}
    stored = {
        found[1]: size for name, size in figures.items() if (found := re.match(r"bytes in (\w+)'s database", name))
    }
    measured = Measured(
        cpu=column("CPU s for 1,000 referrals"),
        idle=column("cores while nothing comes"),
        memory=column("MiB"),
        stored=stored,
        once={name: figure for name, figure in figures.items() if not name.endswith("database")},
    )
    [shown] = FIGURES.findall(PAGE.read_text())
    assert shown.strip() == tables(measured).strip()


def test_the_page_has_the_handbooks_volumes() -> None:
    [told] = [row["value"] for row in rows_about("assumption", PAGE) if row["assumption"] == "volumes"]
    assert [int(volume.replace(",", "")) for volume in re.findall(r"[\d,]+\d", told)] == list(VOLUMES.values())


def test_what_a_referral_leaves_is_measured_in_every_database(ground: Ground) -> None:
    upkeep = measure(ground, referrals=200, idle_seconds=1.0)
    assert set(upkeep.stored_bytes) == set(ground.services)
    assert all(size > 0 for size in upkeep.stored_bytes.values())
    assert upkeep.stream_bytes > upkeep.message_bytes > 0 and upkeep.wal_bytes > sum(upkeep.stored_bytes.values())
    assert {"intake", "intake-relay", *STORES} <= upkeep.idle_cpu.keys()
    assert "reporting" in told(upkeep)
