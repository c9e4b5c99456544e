"""HTTP endpoints with typed input and answers, problem+json, access, OpenAPI, health."""

from shared.web.access import PUBLIC, Action, Relation, Resource, acts_for_house, may, possible_relations
from shared.web.audit_log import AUDIT
from shared.web.call import Call, Caller
from shared.web.command import command
from shared.web.common import COMMON
from shared.web.endpoint import serve
from shared.web.health import Health
from shared.web.offer import Offer, endpoint, lookup, recorded_lookup
from shared.web.openapi import openapi_document
from shared.web.paging import MOST_ITEMS, Page, PageQuery, check_cursor, page_of
from shared.web.parking import PARKING

__all__ = [
    "AUDIT",
    "COMMON",
    "MOST_ITEMS",
    "PARKING",
    "PUBLIC",
    "Action",
    "Call",
    "Caller",
    "Health",
    "Offer",
    "Page",
    "PageQuery",
    "Relation",
    "Resource",
    "acts_for_house",
    "check_cursor",
    "command",
    "endpoint",
    "lookup",
    "may",
    "openapi_document",
    "page_of",
    "possible_relations",
    "recorded_lookup",
    "serve",
]
