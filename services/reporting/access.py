"""Who may do what in reporting. Figures are of the caller's own house; operations are of the whole platform."""

from shared.web.access import Action
from shared.web.parking import OPERATORS

READ_MANAGEMENT_REPORT = Action("read the management report", {"reader"})
READ_FACTSHEET = Action("read a municipality's factsheet", {"reader", "process_director"})
SEE_OPERATIONS = Action("see what comes in, goes out and waits in every service", OPERATORS, every_house=True)
SEE_TO_PARKED_EVERYWHERE = Action("see to the parked messages of every service", OPERATORS, every_house=True)
