"""The pages: a file tried and done, and one change of many."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.efforts.exchange.tests.making import LEAST, file_of, make_effort
from plats.web.efforts.models import Effort
from plats.web.jobs.models import Job
from plats.web.jobs.tests.working import work_once

FILE, MANY = "/mitt/insatser/fil/", "/mitt/insatser/flera/"


@pytest.fixture
def analyst(client: Client, world: World) -> Client:
    client.force_login(world.analyst)
    return client


def send(client: Client, content: bytes, name: str = "insatser.csv") -> Any:
    return client.post(FILE, {"file": SimpleUploadedFile(name, content)})
