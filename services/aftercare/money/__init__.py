"""How much: amounts in euros and cents, in the rules and on the wire."""
