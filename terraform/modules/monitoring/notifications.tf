locals {
  filter_by_endpoint = {
    for each in var.alarm_subscriptions : "${each.protocol} ${each.endpoint}" => (
      each.alarms != null ? jsonencode({ AlarmName = flatten([for name in each.alarms : lookup(local.all_alarm_names_by_definition, name, [])]) }) :
      each.severities != null ? jsonencode({ AlarmName = [for severity in each.severities : { prefix = "${local.prefix}-${severity}-" }] }) : null
    )
  }
}

resource "aws_kms_key" "alarms" {
  count = var.kms_key == "create" ? 1 : 0

  description = "Encrypts the messages of ${local.topic_name}"
  # The key of SNS itself cannot be opened to CloudWatch, and drops every alarm in silence: this one lets it in.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountManagesTheKey"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "AlarmsAreEncrypted"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
    ]
  })
  tags = var.tags
}

resource "aws_kms_alias" "alarms" {
  count = var.kms_key == "create" ? 1 : 0

  name          = "alias/${local.topic_name}"
  target_key_id = aws_kms_key.alarms[0].key_id
}

resource "aws_sns_topic" "alarms" {
  name              = local.topic_name
  kms_master_key_id = var.kms_key == "create" ? aws_kms_key.alarms[0].arn : var.kms_key
  tags              = var.tags
}

# A policy takes the place of the topic's own, so the account's statement is said again.
resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountManagesTheTopic"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action = [
          "sns:GetTopicAttributes",
          "sns:SetTopicAttributes",
          "sns:AddPermission",
          "sns:RemovePermission",
          "sns:DeleteTopic",
          "sns:Subscribe",
          "sns:ListSubscriptionsByTopic",
          "sns:Publish",
        ]
        Resource  = local.topic_arn
        Condition = { StringEquals = { "aws:SourceOwner" = local.account } }
      },
      {
        Sid       = "AlarmsOfThisAccountPublish"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = local.topic_arn
        Condition = {
          ArnLike      = { "aws:SourceArn" = "${local.alarm_arn_prefix}*" }
          StringEquals = { "aws:SourceAccount" = local.account }
        }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(var.alarm_email_endpoints)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_sns_topic_subscription" "other" {
  for_each = { for each in var.alarm_subscriptions : "${each.protocol} ${each.endpoint}" => each }

  topic_arn           = aws_sns_topic.alarms.arn
  protocol            = each.value.protocol
  endpoint            = each.value.endpoint
  filter_policy       = local.filter_by_endpoint[each.key]
  filter_policy_scope = local.filter_by_endpoint[each.key] == null ? null : "MessageBody"

  lifecycle {
    precondition {
      condition     = alltrue([for name in coalesce(each.value.alarms, []) : contains(local.known_alarms, name)])
      error_message = "alarm_subscriptions names an alarm that is none of: ${join(", ", local.known_alarms)}."
    }
  }
}

resource "aws_sns_topic_subscription" "pager_duty" {
  count = var.pager_duty_integration_key == null ? 0 : 1

  topic_arn              = aws_sns_topic.alarms.arn
  protocol               = "https"
  endpoint               = "https://events.pagerduty.com/integration/${var.pager_duty_integration_key}/enqueue"
  endpoint_auto_confirms = true
  filter_policy          = jsonencode({ AlarmName = [{ prefix = "${local.prefix}-critical-" }] })
  filter_policy_scope    = "MessageBody"
}

resource "aws_iam_role" "slack" {
  count = var.slack_channel == null ? 0 : 1

  name = "${local.topic_name}-slack"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "chatbot.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "slack" {
  count = var.slack_channel == null ? 0 : 1

  role       = aws_iam_role.slack[0].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/CloudWatchReadOnlyAccess"
}

resource "aws_chatbot_slack_channel_configuration" "alarms" {
  count = var.slack_channel == null ? 0 : 1

  configuration_name = local.topic_name
  iam_role_arn       = aws_iam_role.slack[0].arn
  slack_team_id      = var.slack_channel.workspace_id
  slack_channel_id   = var.slack_channel.channel_id
  sns_topic_arns     = [aws_sns_topic.alarms.arn]
  tags               = var.tags
}

resource "aws_cloudwatch_event_rule" "alarm_states" {
  count = var.event_target_arn == null ? 0 : 1

  name = "${local.prefix}-alarm-states"
  event_pattern = jsonencode({
    source        = ["aws.cloudwatch"]
    "detail-type" = ["CloudWatch Alarm State Change"]
    detail        = { alarmName = [{ prefix = "${local.prefix}-" }] }
  })
  tags = var.tags
}

resource "aws_cloudwatch_event_target" "alarm_states" {
  count = var.event_target_arn == null ? 0 : 1

  rule = aws_cloudwatch_event_rule.alarm_states[0].name
  arn  = var.event_target_arn
}
