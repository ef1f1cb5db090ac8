"""What an answer is made of: named parts with bounded numbers."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

JSON = "application/json"

# As far as the columns they come from reach, so that every stored number can be told.
Small = Annotated[int, Field(ge=0, le=32_767)]
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
Ore = Annotated[int, Field(ge=0, le=9_223_372_036_854_775_807)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Part(BaseModel):
    """A part of an answer. Named in camelCase outside, as the national profile's own resources are."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class OwnerPart(Part):
    """An organisation, by its name: who answers for a row."""

    name: str


def answer(part: Part) -> HttpResponse:
    """The part as JSON."""
    return HttpResponse(part.model_dump_json(by_alias=True), content_type=JSON)


def described(example: Part) -> dict[str, Any]:
    """The example that the description of an operation shows beside its schema."""
    shown = {"exempel": {"value": example.model_dump(mode="json", by_alias=True)}}
    return {"responses": {200: {"content": {JSON: {"examples": shown}}}}}
