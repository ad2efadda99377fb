# The example on AWS: five functions, their queues, a REST API, and what watches them.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { Project = "VoiceCampaign", Environment = var.environment }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  project = "voice-campaign"
  prefix  = "${local.project}-${var.environment}"
  arn     = "arn:${data.aws_partition.current.partition}"
  account = "${var.region}:${data.aws_caller_identity.current.account_id}"

  # Timeouts in seconds. A queue's messages come again after six times its worker's (Lambda guide, Using Lambda with SQS).
  functions = {
    "dispatcher"      = { timeout = 15, memory = 256 }
    "dialer-worker"   = { timeout = 120, memory = 512 }
    "sms-worker"      = { timeout = 30, memory = 256 }
    "api-handler"     = { timeout = 10, memory = 256 }
    "campaign-pauser" = { timeout = 10, memory = 256 }
  }
  queues = {
    "dial-tasks" = { worker = "dialer-worker", concurrency = var.dialer_concurrency, window = 0 }
    "sms-tasks"  = { worker = "sms-worker", concurrency = 2, window = 1 }
  }

  # What each function may do, and nothing else: writing its own logs, sending its traces, and these.
  sends = {
    "dispatcher"    = ["dial-tasks"]
    "dialer-worker" = ["sms-tasks"]
  }
  receives = { for queue, each in local.queues : each.worker => queue }
}

resource "aws_sqs_queue" "dead_letters" {
  for_each = local.queues

  name                      = "${local.prefix}-${each.key}-dlq"
  message_retention_seconds = 14 * 86400
}

resource "aws_sqs_queue" "tasks" {
  for_each = local.queues

  name                       = "${local.prefix}-${each.key}"
  visibility_timeout_seconds = 6 * local.functions[each.value.worker].timeout
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead_letters[each.key].arn, maxReceiveCount = 3 })
}

resource "aws_iam_role" "function" {
  for_each = local.functions

  name = "${local.prefix}-${each.key}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "function" {
  for_each = local.functions

  name = "only-what-it-does"
  role = aws_iam_role.function[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        # Its log group is made by the module: it needs not create one.
        {
          Sid      = "WriteItsLogs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "${local.arn}:logs:${local.account}:log-group:/aws/lambda/${local.prefix}-${each.key}:*"
        },
        # X-Ray knows no resources here; these two are what AWSXRayDaemonWriteAccess allows and Lambda's daemon uses.
        {
          Sid      = "SendTraces"
          Effect   = "Allow"
          Action   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
          Resource = "*"
        },
      ],
      [for queue in lookup(local.sends, each.key, []) : {
        Sid      = "SendTasks"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.tasks[queue].arn
      }],
      [for queue in compact([lookup(local.receives, each.key, "")]) : {
        Sid      = "ReceiveTasks"
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = aws_sqs_queue.tasks[queue].arn
      }],
    )
  })
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name = "${local.prefix}-${each.key}"
  role          = aws_iam_role.function[each.key].arn
  runtime       = "nodejs22.x"
  architectures = ["arm64"]
  handler       = "index.handler"
  filename      = "${var.bundles}/${each.key}.zip"
  timeout       = each.value.timeout
  memory_size   = each.value.memory

  tracing_config {
    mode = "Active"
  }

  environment {
    variables = {
      PROJECT_NAME         = local.project
      ENVIRONMENT          = var.environment
      STORE_URL            = var.store_url
      TELEPHONY_URL        = var.telephony_url
      SPEECH_URL           = var.telephony_url
      SMS_URL              = var.telephony_url
      DIAL_TASKS_QUEUE_URL = aws_sqs_queue.tasks["dial-tasks"].id
      SMS_TASKS_QUEUE_URL  = aws_sqs_queue.tasks["sms-tasks"].id
      SLICE_SECONDS        = "60"
    }
  }

  # The first line would create the log group otherwise, without retention.
  depends_on = [module.monitoring]
}

resource "aws_lambda_event_source_mapping" "tasks" {
  for_each = local.queues

  event_source_arn                   = aws_sqs_queue.tasks[each.key].arn
  function_name                      = aws_lambda_function.this[each.value.worker].arn
  function_response_types            = ["ReportBatchItemFailures"]
  batch_size                         = 10
  maximum_batching_window_in_seconds = each.value.window

  # Throttled receives count towards the dead-letter queue; this limit does not.
  scaling_config {
    maximum_concurrency = each.value.concurrency
  }
}

resource "aws_cloudwatch_event_rule" "dispatch" {
  name                = "${local.prefix}-dispatch"
  schedule_expression = "rate(1 minute)"
}

resource "aws_cloudwatch_event_target" "dispatch" {
  rule  = aws_cloudwatch_event_rule.dispatch.name
  arn   = aws_lambda_function.this["dispatcher"].arn
  input = jsonencode({ detail = jsondecode(var.campaign) })
}

locals {
  invokers = {
    "dispatcher"      = { principal = "events.amazonaws.com", source = aws_cloudwatch_event_rule.dispatch.arn }
    "api-handler"     = { principal = "apigateway.amazonaws.com", source = "${aws_api_gateway_rest_api.calls.execution_arn}/*/*" }
    "campaign-pauser" = { principal = "sns.amazonaws.com", source = module.monitoring.alarm_topic_arn }
  }
}

resource "aws_lambda_permission" "invoke" {
  for_each = local.invokers

  statement_id  = "invoked-by-its-source"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this[each.key].function_name
  principal     = each.value.principal
  source_arn    = each.value.source
}

resource "aws_api_gateway_rest_api" "calls" {
  name = "${local.prefix}-api"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "${local.prefix}-api", version = "1" }
    paths = {
      for path, method in {
        "/calls/{callId}/keypress"         = "post"
        "/sms/{messageId}/status"          = "post"
        "/campaigns/{campaignId}/progress" = "get"
        "/campaigns/{campaignId}/resume"   = "post"
        } : path => {
        (method) = {
          x-amazon-apigateway-integration = {
            type       = "aws_proxy"
            httpMethod = "POST"
            uri        = "${local.arn}:apigateway:${var.region}:lambda:path/2015-03-31/functions/${local.arn}:lambda:${local.account}:function:${local.prefix}-api-handler/invocations"
          }
        }
      }
    }
  })
}

resource "aws_api_gateway_deployment" "calls" {
  rest_api_id = aws_api_gateway_rest_api.calls.id
  triggers    = { body = sha1(aws_api_gateway_rest_api.calls.body) }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "calls" {
  rest_api_id          = aws_api_gateway_rest_api.calls.id
  deployment_id        = aws_api_gateway_deployment.calls.id
  stage_name           = var.environment
  xray_tracing_enabled = true
}

module "monitoring" {
  source = "../../../../terraform/modules/monitoring"

  project_name = local.project
  environment  = var.environment

  lambda_function_names = [for name in keys(local.functions) : "${local.prefix}-${name}"]
  lambda_timeouts_ms    = { for name, each in local.functions : "${local.prefix}-${name}" => 1000 * each.timeout }
  sqs_queue_names       = [for name in keys(local.queues) : "${local.prefix}-${name}"]
  sqs_dlq_names         = [for name in keys(local.queues) : "${local.prefix}-${name}-dlq"]
  rest_api_names        = ["${local.prefix}-api"]
  asterisk_instance_id  = var.asterisk_instance_id
  rds_instance_id       = var.rds_instance_id
  alarm_email_endpoints = var.alarm_email_endpoints

  alarm_subscriptions = [{
    protocol = "lambda"
    endpoint = "${local.arn}:lambda:${local.account}:function:${local.prefix}-campaign-pauser"
    alarms   = ["opt-out-rate"]
  }]
}
