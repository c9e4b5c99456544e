"""Plays one round on a running platform: `python -m tests.fault.traffic <stack directory> <round> <people> <record>`.

A third of the people begin at once, the others one after another once traffic flows, ever more slowly, and the last
sixth only when `struck` comes in: so there is traffic while a fault strikes, however long that takes, and after it.
Prints `flowing` when the first receipts are in and `played` when all is done or was waited for in vain. `record` has it
write what it saw, and print `recorded`; the end of the input ends it.
"""

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from deploy.local.stack import LocalStack
from replay.house import load_house
from replay.players.letters import WRONGS
from tests.fault.oracle.witness import NO_USER_ID
from tests.fault.traffic.cast import cast, year_of
from tests.fault.traffic.memory import Heard
from tests.fault.traffic.post import Post
from tests.fault.traffic.stories import Stories

HOUSE = "hollands-midden"
SIDE_BY_SIDE = 12
SOONEST_SECONDS = 0.4
SLOWER_BY_SECONDS = 0.4
"""The first begins so soon, and each waits so much longer than the one before."""
FLOWING = 5
"""So many things are heard before the traffic counts as flowing."""
LISTED = 4
"""The person who is on a list of suspects: one by name and number, whom nobody merges with another."""


def main(directory: Path, round: int, people: int, record: Path) -> None:
    stack = LocalStack.recorded(directory)
    assert stack is not None, f"no stack was ever brought up in {directory}"
    house = load_house(stack.installation.houses / f"{HOUSE}.toml")
    answering, asking = ThreadPoolExecutor(2), ThreadPoolExecutor(2)
    answered: set[str] = set()

    def answer(request: Heard) -> None:
        if request["data"]["requestId"] not in answered:
            answered.add(request["data"]["requestId"])
            answering.submit(stories.answer_request, request)

    users = [f"{house.house}.{partner}" for partner in house.partners]

    def ask_again(user: str, number: int) -> None:
        asking.submit(stories.ask_again, user, number, date(year_of(round), 6, 1))

    post = Post(stack.amqp_url, users, answer, ask_again)
    stories = Stories(stack, house, post)
    post.start()
    flowing, struck = threading.Event(), threading.Event()
    threading.Thread(target=_tell_when_flowing, args=(post, flowing), daemon=True).start()
    threading.Thread(target=_play, args=(stories, round, people, flowing, struck), daemon=True).start()
    for line in sys.stdin:
        if line.strip() == "struck":
            struck.set()
            continue
        told = {"house": house.house, "year": year_of(round), "done": stories.done, "failed": stories.failed}
        record.write_text(json.dumps({**told, "sent": post.sent, "heard": post.heard}))
        _say("recorded")
    os._exit(0)  # also when whoever started it was killed: stories that wait would keep it for minutes


def _play(stories: Stories, round: int, people: int, flowing: threading.Event, struck: threading.Event) -> None:
    """Everybody's story, and between them one message wrong in each way there is."""
    stories.begin(year_of(round))
    wrongs = [*WRONGS, NO_USER_ID]
    everybody = cast(stories.house, round)
    listed, asked, later, unsealed = everybody[-len(wrongs) - 4 : -len(wrongs)]
    everybody[LISTED] = replace(everybody[LISTED], listed_with=listed.referrals[0].subject)
    tellings = [partial(stories.live, person) for person in everybody[:people]]
    tellings.insert(1, partial(stories.ask_house, asked, date(year_of(round), 6, 1)))
    tellings.insert(people // 2, partial(stories.seal, later, later=True))
    tellings.insert(people // 2, partial(stories.seal, unsealed, later=False))
    for at, (wrong, stranger) in enumerate(zip(wrongs, everybody[-len(wrongs) :], strict=True)):
        tellings.insert(at * max(1, people // len(wrongs)) + at, partial(stories.send_wrong, stranger, wrong))
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        told = []
        at_once, until_struck = len(tellings) // 3, len(tellings) * 5 // 6
        for at, telling in enumerate(tellings):
            if at >= until_struck:
                struck.wait()
            elif at >= at_once:
                flowing.wait()
                struck.wait(SOONEST_SECONDS + (at - at_once) * SLOWER_BY_SECONDS)
            told.append(pool.submit(telling))
        for each in told:
            each.result()
    _say("played")


def _tell_when_flowing(post: Post, flowing: threading.Event) -> None:
    post.wait_for_news(FLOWING)
    flowing.set()
    _say("flowing")


def _say(word: str) -> None:
    print(word, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
