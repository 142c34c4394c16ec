"""The window asks for services on its own thread while a worker reads them all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.places import resources
from app.tariff.catalogue import Catalogue
from app.tariff.model import Service

THREADS = 6


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless")
def test_every_thread_gets_the_one_service_that_was_read() -> None:
    catalogue = Catalogue((resources("tariffs"),))
    start = Barrier(THREADS)

    def ask(_number: int) -> tuple[Service, ...]:
        start.wait()
        return catalogue.with_choices({}).services()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(ask, range(THREADS)))

    for answer in answers:
        assert all(one is other for one, other in zip(answer, answers[0], strict=True))
