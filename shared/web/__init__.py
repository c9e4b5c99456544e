"""HTTP endpoints with schemas, problem+json, tokens and roles, OpenAPI, health."""

from shared.web.call import Call, Caller
from shared.web.command import command
from shared.web.common import CommonEndpoints
from shared.web.endpoint import endpoint
from shared.web.openapi import openapi_document
from shared.web.parking import ParkingEndpoints

__all__ = ["Call", "Caller", "CommonEndpoints", "ParkingEndpoints", "command", "endpoint", "openapi_document"]
