from shared.testing.parts import modules_of_part

TESTS = [("a", 1)] * 5 + [("b", 1)] * 2 + [("c", 1)] * 4 + [("d", 1)]


def test_each_module_is_in_one_part_and_no_part_has_much_more_to_do_than_another() -> None:
    assert modules_of_part(TESTS, 1, 2) == {"a", "d"}
    assert modules_of_part(TESTS, 2, 2) == {"b", "c"}


def test_what_takes_longer_weighs_more() -> None:
    tests = [*TESTS, ("e", 20)]
    assert modules_of_part(tests, 1, 2) == {"e"}
    assert modules_of_part(tests, 2, 2) == {"a", "b", "c", "d"}


def test_one_part_is_everything() -> None:
    assert modules_of_part(TESTS, 1, 1) == {"a", "b", "c", "d"}


def test_there_may_be_fewer_modules_than_parts() -> None:
    assert modules_of_part([("a", 1)], 2, 2) == set()
