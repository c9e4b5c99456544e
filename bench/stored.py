"""Stores that are full already: cases of earlier years, put there at once."""

from pathlib import Path

from bench.ground import Ground
from services.reporting.tests.stored_cases import store_cases
from shared.postgres import load_queries

QUERIES = load_queries(Path(__file__).with_name("stored.sql"))
YEARS = range(2005, 2015)


def store(ground: Ground, cases: int) -> None:
    """So many cases of the house in every service, and fresh statistics."""
    for service in ground.services:
        with ground.superuser(service) as connection:
            connection.execute("SET session_replication_role = replica")  # no look at each reference
            connection.execute(QUERIES[service], {"cases": cases, "house": ground.house.house})
            if service == "reporting":
                each_year = cases // len(YEARS)
                store_cases(
                    connection, [ground.house.house], YEARS, referrals=each_year, municipalities=["Leiden", "Gouda"]
                )
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")
