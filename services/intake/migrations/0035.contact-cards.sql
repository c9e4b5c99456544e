-- Who of a partner can be called.

CREATE TABLE contact_cards (
    contact_card_id  uuid PRIMARY KEY,
    house            text NOT NULL,
    partner          text NOT NULL,
    data_key         bytea NOT NULL,
    version          integer NOT NULL,
    card             bytea NOT NULL,
    kept_by          text NOT NULL,
    kept_at          timestamptz NOT NULL
);
CREATE INDEX contact_cards_by_partner ON contact_cards (house, partner);
COMMENT ON TABLE contact_cards IS 'card is sealed with the data key of the card, which MASTER_KEY wraps. A card that is removed is deleted, and one that is changed overwritten.';
