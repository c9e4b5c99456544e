from bench.matching import measured
from bench.population import Population


def test_nobody_is_joined_without_a_word_and_nearly_every_double_is_found() -> None:
    result = measured(people=600, planted=150)
    assert result.wrong == 0
    assert result.share_found >= 95
    assert result.found["twin"].keys() == {"new"}
    assert 0 < result.taking < 10


def test_the_same_seed_gives_the_same_people() -> None:
    one, again, other = (list(Population(seed, 50, 10).notices()) for seed in (1, 1, 2))
    assert one == again != other
