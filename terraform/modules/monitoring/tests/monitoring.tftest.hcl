provider "aws" {
  region = "us-east-1"
}

variables {
  project_name          = "voice-campaign"
  environment           = "production"
  lambda_function_names = ["voice-campaign-production-dialer-worker", "voice-campaign-production-dispatcher"]
  sqs_queue_names       = ["voice-campaign-production-dial-tasks"]
  sqs_dlq_names         = ["voice-campaign-production-dial-tasks-dlq"]
  rds_instance_id       = "voice-campaign-production-db"
  rds_allocated_storage = 100
  lambda_timeout_ms     = 30000
  alarm_email_endpoints = ["ops@example.com"]
}

run "thresholds_are_shares_of_the_inputs" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["voice-campaign-production-warning-rds-storage-db"].threshold == 21474836480
    error_message = "20 % of 100 GiB are 21,474,836,480 bytes."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["voice-campaign-production-warning-lambda-near-timeout-dispatcher"].threshold == 24000
    error_message = "80 % of 30 s are 24,000 ms."
  }
}

run "names_fit_into_32_characters" {
  command = plan

  assert {
    condition     = alltrue([for group in aws_xray_group.this : length(group.group_name) <= 32])
    error_message = "A trace group's name has 32 characters at most."
  }

  assert {
    condition     = aws_xray_group.this["errors"].group_name == "voice-campaign-production-errors"
    error_message = "A name that fits stays as it is."
  }
}

run "there_are_four_dashboards" {
  command = plan

  assert {
    condition     = toset(keys(output.dashboard_names)) == toset(["campaign-overview", "system-health", "business-metrics", "xray-metrics"])
    error_message = "The dashboards are those of a voice campaign."
  }
}

run "alarms_can_be_changed_by_name" {
  command = plan

  variables {
    alarm_overrides = {
      "answer-rate"  = { threshold = 10, datapoints = [2, 2] }
      "dead-letters" = { enabled = false }
    }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["voice-campaign-production-warning-answer-rate"].threshold == 10
    error_message = "The threshold of an override takes the place of the definition's."
  }

  assert {
    condition     = length([for name in keys(aws_cloudwatch_metric_alarm.this) : name if strcontains(name, "dead-letters")]) == 0
    error_message = "An alarm that is not enabled is not made."
  }
}

run "alarms_that_do_not_exist_cannot" {
  command = plan

  variables {
    alarm_overrides = { "answer-rates" = { threshold = 10 } }
  }

  expect_failures = [var.alarm_overrides]
}

run "the_key_of_sns_itself_is_refused" {
  command = plan

  variables {
    kms_key = "alias/aws/sns"
  }

  expect_failures = [var.kms_key]
}

run "a_retention_that_logs_do_not_have_is_refused" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "a_queue_is_a_dead_letter_queue_or_is_not" {
  command = plan

  variables {
    sqs_queue_names = ["voice-campaign-production-dial-tasks-dlq"]
  }

  expect_failures = [var.sqs_dlq_names]
}

run "a_filter_that_lets_nothing_through_is_refused" {
  command = plan

  variables {
    alarm_subscriptions = [{ protocol = "https", endpoint = "https://example.com/alarms", severities = [] }]
  }

  expect_failures = [var.alarm_subscriptions]
}

run "a_severity_that_no_alarm_has_is_refused" {
  command = plan

  variables {
    alarm_subscriptions = [{ protocol = "https", endpoint = "https://example.com/alarms", severities = ["fatal"] }]
  }

  expect_failures = [var.alarm_subscriptions]
}

run "an_endpoint_that_its_protocol_cannot_reach_is_refused" {
  command = plan

  variables {
    alarm_subscriptions = [{ protocol = "lambda", endpoint = "https://example.com/alarms" }]
  }

  expect_failures = [var.alarm_subscriptions]
}

run "more_sampling_rules_than_a_region_has_are_refused" {
  command = plan

  variables {
    rest_api_names = [for i in range(26) : "calls-${i}"]
  }

  expect_failures = [aws_xray_sampling_rule.this]
}
