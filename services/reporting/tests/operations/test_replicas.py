import socket
from typing import Any

import pytest

from services.reporting.operations.replicas import processes_of
from services.reporting.settings import Target


def resolved(monkeypatch: pytest.MonkeyPatch, *places: tuple[int, str]) -> None:
    def getaddrinfo(host: str, port: int, **_: Any) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(family, socket.SOCK_STREAM, 6, "", (place, port)) for family, place in places]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_each_address_of_a_name_is_a_replica(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(monkeypatch, (socket.AF_INET, "10.0.0.2"), (socket.AF_INET, "10.0.0.1"), (socket.AF_INET6, "fd00::1"))
    found = processes_of(Target("intake", "http://intake-replicas:8000/metrics"))
    assert [(process.name, process.address) for process in found] == [
        ("intake", "10.0.0.1:8000"),
        ("intake", "10.0.0.2:8000"),
        ("intake", "[fd00::1]:8000"),
    ]
    assert found[0].base + found[0].path == "http://10.0.0.1:8000/metrics"


def test_a_name_without_an_address_is_one_process_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert [process.address for process in processes_of(Target("intake", "http://intake:8000/metrics"))] == [
        "intake:8000"
    ]


def test_a_certificate_is_for_a_name_so_https_is_asked_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(monkeypatch, (socket.AF_INET, "10.0.0.2"))
    [process] = processes_of(Target("intake", "https://intake/metrics?all=1"))
    assert process.base + process.path == "https://intake/metrics?all=1"
