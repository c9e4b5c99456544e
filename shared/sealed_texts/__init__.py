"""Texts about somebody: each stands sealed in the database, and is erased by destroying its key.

unit.texts.write(SealedText(text_id=uuid7(), house=…, case_id=…, kind="concern", …, text="…"))
unit.texts.read("hollands-midden", [text_id])
"""

from shared.sealed_texts.store import About, SealedText, StoreWithTexts, TextStore

__all__ = ["About", "SealedText", "StoreWithTexts", "TextStore"]
