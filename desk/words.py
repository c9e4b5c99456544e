"""Words for codes that are the same in every house. What a house calls something stands in its profile."""

from desk.language import lazy

AGE_CLASSES = {
    "under_18": lazy("younger than 18"),
    "18_to_23": lazy("18 to 23"),
    "23_and_over": lazy("23 or older"),
    "unknown": lazy("age unknown"),
}
FAMILY = lazy("family")
