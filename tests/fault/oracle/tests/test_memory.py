from tests.fault.oracle.memory import too_large

MEBIBYTE = 2**20


def test_the_complaint_names_the_process_and_what_it_took() -> None:
    taken = {"intake": 953 * MEBIBYTE, "intake-relay": 62 * MEBIBYTE}
    assert [*too_large(taken, 512 * MEBIBYTE)] == ["memory: intake took 953 MiB, and may take 512"]


def test_nobody_is_too_large_at_the_limit() -> None:
    assert not [*too_large({"intake": MEBIBYTE}, MEBIBYTE)]
