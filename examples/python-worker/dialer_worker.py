"""A function in Python that emits the same contract, with Powertools for Python 3 (aws-lambda-powertools[tracer])."""

import json
import os
from pathlib import Path

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

EMITTER = "dialer-worker"
# Deployed beside this file: `voice-campaign synth document` writes it.
contract = json.loads(Path(__file__).with_name("contract.json").read_text())["contract"]

logger = Logger(service=EMITTER)
tracer = Tracer(service=EMITTER)
# The series of the dashboards have no dimensions. A service would be one, and make another metric: there is none here,
# and no POWERTOOLS_SERVICE_NAME in the environment.
metrics = Metrics(namespace=f"{os.environ['PROJECT_NAME']}/{os.environ['ENVIRONMENT']}")


def add(name: str, value: float) -> None:
    """Adds to a metric that the contract lets this function emit, in the contract's unit."""
    if name not in contract["emitters"][EMITTER]["emits"]:
        raise KeyError(f"{EMITTER} is not declared to emit {name}")
    metrics.add_metric(name=name, unit=MetricUnit(contract["metrics"][name]["unit"]), value=value)


@tracer.capture_method
def dial(call_id: str) -> str:
    tracer.put_annotation("callId", call_id)
    return "answered"


@metrics.log_metrics
@tracer.capture_lambda_handler
@logger.inject_lambda_context
def handler(event, context):
    outcome = dial(event["callId"])
    metrics.add_metadata("callId", event["callId"])  # searchable in the logs, never a dimension
    add("TotalCalls", 1)
    add("AnsweredCalls", 1)
    logger.info("dialled", outcome=outcome)
    return {"outcome": outcome}
