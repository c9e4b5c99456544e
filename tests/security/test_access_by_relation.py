"""One case in each service, asked for by each function of partners that are involved in it and of one that is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import pytest

from deploy.credentials import ROLES
from desk.sessions.rules import FUNCTIONS
from docs.declared import service_class
from shared.configuration import ServiceSettings
from shared.testing.issuer import Issuer
from shared.testing.service import RunningService, ServiceStarter
from shared.web.openapi import offers_of
from tests.security.endpoints import SETTINGS
from tests.security.promised_access import OF_PARTNERS, RELATIONS

HOUSE, STRANGER, CASE = "hollands-midden", "halt", UUID(int=7)
CALLERS = {"nobody": {"house": HOUSE, "roles": []}}


@dataclass(frozen=True)
class Involved:
    """rows: what makes partners involved in the case. relations: those that they have by it."""

    rows: tuple[str, ...]
    relations: Mapping[str, set[str]]


INVOLVED = {
    "weighing": Involved(
        (
            "INSERT INTO referrals (referral_id, house, case_id, subject_id, kind, referrer, received_on, municipality,"
            " sub_region, tabling, table_on) VALUES (%(id)s, %(house)s, %(case)s, %(id)s, 'arrest_notice',"
            " 'nationale-politie', '2015-03-05', 'Leiden', 'Holland Rijnland', 1, '2015-03-10')",
            "INSERT INTO information_requests (request_id, house, referral_id, partner, answer_by)"
            " VALUES (%(id)s, %(house)s, %(id)s, 'gemeente-leiden', '2015-03-09')",
            "INSERT INTO follow_ups (follow_up_id, house, referral_id, tabling, agreed_on, what, owner, life_domains,"
            " due_on, state) VALUES (%(id)s, %(house)s, %(id)s, 1, '2015-03-10', 'ask_supervisor',"
            " 'reclassering-nederland', '{}', '2015-03-24', 'agreed')",
        ),
        {
            "nationale-politie": {"referred"},
            "gemeente-leiden": {"asked"},
            "reclassering-nederland": {"owns a follow-up"},
        },
    ),
    "meetings": Involved(
        (
            "INSERT INTO table_cases (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality,"
            " sub_region, opened_on) VALUES (%(id)s, %(house)s, %(case)s, %(id)s, %(id)s, 'focus', 'Leiden',"
            " 'Holland Rijnland', '2015-03-10')",
            "INSERT INTO action_plans (action_plan_id, house, table_case_id, agreed_on, case_holder)"
            " VALUES (%(id)s, %(house)s, %(id)s, '2015-03-17', 'reclassering-nederland')",
            "INSERT INTO agreements (action_plan_id, place, owner_partner, what, due_on)"
            " VALUES (%(id)s, 1, 'ggd-hollands-midden', 'call weekly', '2015-06-17')",
        ),
        {"reclassering-nederland": {"holds"}, "ggd-hollands-midden": {"agreed"}},
    ),
    "aftercare": Involved(
        (
            "INSERT INTO trajectories (trajectory_id, house, case_id, municipality, provider, kind, starts_on)"
            " VALUES (%(id)s, %(house)s, %(case)s, 'Leiden', 'exodus', 'guidance', '2015-05-06')",
            "INSERT INTO trajectory_needs (trajectory_id, life_domain, place) VALUES (%(id)s, 'housing', 1)",
        ),
        {"exodus": {"provides"}, "gemeente-leiden": set()},
    ),
}


@pytest.fixture(scope="module", params=INVOLVED)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def service(name: str, start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    kind, own = SETTINGS.get(name, (ServiceSettings, {}))
    running = start_service(service_class(name), CALLERS, kind, **own, **issuer.settings)
    for row in INVOLVED[name].rows:
        running.as_owner.execute(row, {"id": UUID(int=1), "house": HOUSE, "case": CASE})
    return running


@pytest.mark.parametrize("name_of_service", RELATIONS)
def test_each_service_has_the_relations_that_were_promised(name_of_service: str) -> None:
    offers = offers_of(service_class(name_of_service))
    found = {relation.name: set(relation.functions) for offer in offers for relation in offer.action.relations}
    assert found == RELATIONS[name_of_service]


def test_a_function_sees_the_case_by_a_relation_of_its_own_organisation_alone(
    name: str, service: RunningService, issuer: Issuer
) -> None:
    organisations = {STRANGER: set[str](), **INVOLVED[name].relations}
    seen = {
        (organisation, function): service.get(f"/v1/cases/{CASE}", issuer.person(organisation, function)).status
        for organisation in organisations
        for function in OF_PARTNERS
    }
    promised = RELATIONS[name]
    assert seen == {
        (organisation, function): 200
        if any(function in promised[relation] for relation in relations)
        else 404
        if any(function in functions for functions in promised.values())
        else 403
        for organisation, relations in organisations.items()
        for function in OF_PARTNERS
    }


def test_no_other_function_of_a_partner_sees_the_case(name: str, service: RunningService, issuer: Issuer) -> None:
    others = FUNCTIONS.difference(ROLES, OF_PARTNERS) | {"mayor"}
    for organisation in INVOLVED[name].relations:
        assert service.get(f"/v1/cases/{CASE}", issuer.person(organisation, *others)).status == 403
