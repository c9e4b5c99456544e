"""How people call their functions."""

from desk.language import lazy

NAMES = {
    "intake_officer": lazy("intake officer"),
    "information_coordinator": lazy("information coordinator"),
    "weighing_team": lazy("member of the weighing team"),
    "process_director": lazy("process director"),
    "aftercare_coordinator": lazy("aftercare coordinator"),
    "budget_holder": lazy("budget holder"),
    "chain_manager": lazy("chain manager"),
    "reader": lazy("reader"),
    "operator": lazy("operator"),
    "parking_officer": lazy("parking officer"),
    "privacy_officer": lazy("privacy officer"),
    "theme_role": lazy("officer for a sealed theme"),
    "municipal_contact": lazy("contact of the municipality"),
    "case_holder": lazy("case holder"),
    "participant": lazy("participant"),
    "provider": lazy("provider of care"),
    "zsm_desk": lazy("ZSM desk"),
    "bij_mandate": lazy("BIJ mandate"),
}
