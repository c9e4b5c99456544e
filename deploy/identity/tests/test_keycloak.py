"""Keycloak's realm admits the same persons and programs, with the same claims, as the provider of a bare machine."""

import json
from typing import Any

from deploy.identity.persons import Directory, Person, Program
from deploy.identity.testing import ROOT

REALM: dict[str, Any] = json.loads((ROOT / "deploy/identity/keycloak-realm.json").read_text())
CLIENTS: dict[str, dict[str, Any]] = {client["clientId"]: client for client in REALM["clients"]}
SCOPES: dict[str, dict[str, Any]] = {scope["name"]: scope for scope in REALM["clientScopes"]}
PEOPLE = Directory.load()


def attributes(known: Person | Program) -> dict[str, list[str]]:
    told = {"organisation": [known.organisation], "functions": [json.dumps(known.functions)]}
    standing_in = known.standing_in if isinstance(known, Person) else {}
    return told | ({"standing_in": [json.dumps(standing_in)]} if standing_in else {})


def test_the_persons_are_the_same() -> None:
    told = {user["id"]: user for user in REALM["users"]}
    assert told.keys() == {each.id for each in PEOPLE.persons} | {each.id for each in PEOPLE.programs}
    for person in PEOPLE.persons:
        user = told[person.id]
        assert (user["username"], f"{user['firstName']} {user['lastName']}") == (person.login, person.name)
        assert user["attributes"] == attributes(person)
        assert [each["value"] for each in user["credentials"]] == [f"${{PASSWORD_OF_{person.login.upper()}}}"]


def test_the_programs_are_the_same() -> None:
    told = {user.get("serviceAccountClientId"): user for user in REALM["users"]}
    for program in PEOPLE.programs:
        assert told[program.id]["attributes"] == attributes(program)
        assert CLIENTS[program.id]["serviceAccountsEnabled"] and not CLIENTS[program.id]["standardFlowEnabled"]
        assert "ketenhuis" in CLIENTS[program.id]["defaultClientScopes"]
    assert CLIENTS.keys() == set(PEOPLE.clients)


def test_a_token_has_the_claims_that_services_read() -> None:
    claims = {
        mapper["config"].get("claim.name", mapper["name"]): mapper["config"]
        for scope in SCOPES.values()
        for mapper in scope.get("protocolMappers", [])
    }
    assert {"sub", "name", "organisation", "functions", "standing_in", "audience"} <= claims.keys()
    assert claims["audience"]["included.custom.audience"] == "ketenhuis"
    assert claims["functions"]["jsonType.label"] == claims["standing_in"]["jsonType.label"] == "JSON"
    assert REALM["accessTokenLifespan"] == 600


def test_the_desk_signs_people_in_with_pkce_only() -> None:
    desk = CLIENTS["desk"]
    assert desk["standardFlowEnabled"] and not desk["directAccessGrantsEnabled"] and not desk["publicClient"]
    assert desk["attributes"]["pkce.code.challenge.method"] == "S256"
    assert desk["redirectUris"] == ["${DESK_URL}/signed-in"]
    assert {"profile", "ketenhuis"} <= set(desk["optionalClientScopes"]) <= SCOPES.keys()


def test_no_secret_is_in_the_file() -> None:
    secrets = [client["secret"] for client in REALM["clients"]]
    secrets += [each["value"] for user in REALM["users"] for each in user.get("credentials", [])]
    assert all(secret.startswith("${") and secret.endswith("}") for secret in secrets)
