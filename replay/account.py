"""The account of a fund as aftercare keeps it, in the published shape."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from replay.players.platform import Desk, Platform
from replay.published import DOMAINS, FUND, TRAINING, Account, Assigned, WorkTraining


def read_account(platform: Platform, house: str, year: int, published: Account) -> Account:
    """What was booked, how far trainings came, and how the transition houses stood at the end of the year.

    Costs by life domain are read where they are published.
    """
    manager = Desk(platform, house, "aftercare", "chain_manager")
    coordinator = Desk(platform, house, "aftercare", "aftercare_coordinator")
    account = manager.get(f"/v1/accounts/{FUND}/{year}")
    outcomes = manager.get("/v1/trajectory-outcomes", year=year)
    houses = coordinator.get("/v1/transition-houses", on=date(year, 12, 31).isoformat())
    costs = {each["kind"]: each for each in account["kinds"]}
    return Account(
        trajectories=_assigned("trajectory", account, published.trajectories),
        conversations=_assigned("conversation", account, published.conversations),
        work_training=_training(outcomes, _euros(costs.get(TRAINING))),
        total_cost_eur=_euros(account["total"]) - _euros(account["startUp"]),
        co_financing_eur=Decimal(account["coFinancing"]["amount"]),
        co_financing_surplus_eur=Decimal(account["coFinancingSurplus"]["amount"]),
        transition_houses={each["code"]: _transition_house(each) for each in houses},
    )


def _assigned(kind: str, account: Mapping[str, Any], published: Assigned) -> Assigned:
    [of_kind] = [each for each in account["kinds"] if each["kind"] == kind] or [None]
    domains = {each["domain"]: each for each in account["domains"] if each["kind"] == kind}
    return Assigned(
        count=of_kind["costs"] if of_kind else 0,
        needs={domain: domains[domain]["needs"] if domain in domains else 0 for domain in DOMAINS},
        cost_eur=_euros(of_kind),
        cost_by_domain_eur={domain: _euros(domains.get(domain)) for domain in published.cost_by_domain_eur},
    )


def _training(outcomes: list[Mapping[str, Any]], cost: Decimal) -> WorkTraining:
    [training] = [each for each in outcomes if each["kind"] == TRAINING] or [{"started": 0, "stages": []}]
    reached = {each["stage"]: each["reached"] for each in training["stages"]}
    dropped_out = {each["stage"]: each["droppedOut"] for each in training["stages"]}
    return WorkTraining(
        offered=training["started"],
        dropped_after_intake=dropped_out.get("intake", 0),
        dropped_after_preparation=dropped_out.get("preparation", 0),
        trained=reached.get("training", 0),
        diplomas=reached.get("diploma", 0),
        cost_eur=cost,
    )


def _transition_house(house: Mapping[str, Any]) -> dict[str, int]:
    return {
        "places": house["places"],
        "in": house["movedIn"],
        "out": house["movedOut"],
        "mean_stay_days": house["meanStayDays"] or 0,
    }


def _euros(sum: Mapping[str, Any] | None) -> Decimal:
    return Decimal(sum["amount"]["amount"]) if sum else Decimal()
