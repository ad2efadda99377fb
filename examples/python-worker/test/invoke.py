"""Calls the handler of the folder that it is given once, as Lambda does, with the event of the second argument."""

import json
import sys
from types import SimpleNamespace

sys.path.insert(0, sys.argv[1])

from dialer_worker import add, handler  # noqa: E402

context = SimpleNamespace(
    function_name="voice-campaign-test-dialer-worker",
    memory_limit_in_mb=128,
    invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:voice-campaign-test-dialer-worker",
    aws_request_id="8b3c2f1e-0000-4000-8000-000000000001",
)
event = json.loads(sys.argv[2])
if "add" in event:
    add(event["add"], 1)
else:
    print(json.dumps({"response": handler(event, context)}))
