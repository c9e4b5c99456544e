"""Which worker or relay took more memory than a cluster gives it: the cluster would have ended it amid its work."""

from collections.abc import Iterator, Mapping


def too_large(taken: Mapping[str, int], limit: int) -> Iterator[str]:
    """A sentence for each process that took more bytes than the limit at some moment."""
    for process, bytes in sorted(taken.items()):
        if bytes > limit:
            yield f"memory: {process} took {bytes // 2**20} MiB, and may take {limit // 2**20}"
