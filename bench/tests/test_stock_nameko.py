"""Stock nameko on a private broker and cluster."""

from bench.contenders.stock_nameko.contender import StockNameko
from bench.ground import VIRTUAL_HOST, Ground
from bench.tests.carrying import carry, effects_of, effects_seen, tasks_for


def test_stock_nameko_carries_referrals_from_the_partner_to_the_report_and_back(ground: Ground) -> None:
    tasks, contender = tasks_for(ground, 20), StockNameko(ground)
    noted = carry(ground, contender, tasks)
    sent = {task.message_id for task in tasks}
    assert noted.receipt.keys() == noted.feedback.keys() == noted.agenda.keys() == noted.tabled.keys() == sent
    assert effects_seen(ground, contender) == effects_of(tasks)
    assert not ground.control("list_queues", "-p", VIRTUAL_HOST, "--no-table-headers", "name").split()
