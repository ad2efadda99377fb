locals {
  alarm_templates = [
    for alarm in local.document.metricAlarms : alarm
    if coalesce(try(var.alarm_overrides[alarm.name].enabled, null),
    alarm.optIn == null ? true : alarm.optIn == "anomalyDetection" ? var.anomaly_detection : var.service_level_objective)
  ]

  # Every alarm for every resource of its scope, its placeholders filled.
  metric_alarms = flatten([
    for alarm in local.alarm_templates : [
      for resource in lookup(local.resources, alarm.scope, []) : {
        definition = alarm.name
        long_name  = join("-", compact([local.prefix, alarm.severity, alarm.name, resource.short]))
        override   = try(var.alarm_overrides[alarm.name], null)
        input = {
          lambdaTimeoutMs          = lookup(var.lambda_timeouts_ms, resource.name, var.lambda_timeout_ms)
          rdsMaxConnections        = var.rds_max_connections
          rdsAllocatedStorageBytes = var.rds_allocated_storage * pow(1024, 3)
        }
        alarm = jsondecode(replace(replace(jsonencode(alarm),
          "{{name}}", trimsuffix(trimprefix(jsonencode(resource.name), "\""), "\"")),
        "{{short}}", trimsuffix(trimprefix(jsonencode(resource.short), "\""), "\"")))
      }
    ]
  ])

  # PutMetricAlarm: a name has 255 characters at most. A longer one loses its middle to a part of its hash.
  metric_alarm_names = [
    for each in local.metric_alarms : length(each.long_name) <= 255 ? each.long_name :
    "${substr(each.long_name, 0, 123)}-${substr(sha1(each.long_name), 0, 6)}-${substr(each.long_name, length(each.long_name) - 124, 124)}"
  ]
  alarms     = { for i, each in local.metric_alarms : local.metric_alarm_names[i] => each }
  alarm_keys = tomap({ for name in local.metric_alarm_names : name => name })

  alarm_names_by_definition = {
    for definition in distinct([for each in local.metric_alarms : each.definition]) : definition => [
      for i, each in local.metric_alarms : local.metric_alarm_names[i] if each.definition == definition
    ]
  }

  # Thresholds that are the same of every resource: descriptions and dashboards tell them.
  alarm_numbers = {
    for alarm in local.alarm_templates :
    alarm.name => try(coalesce(var.alarm_overrides[alarm.name].threshold), alarm.threshold.value)
    if alarm.threshold == null ? false : alarm.threshold.of == null
  }

  topic_name = "${local.prefix}-alarms"
  # Known before the topic is made, so that a plan shows what alarms do.
  topic_arn        = "arn:${local.partition}:sns:${local.region}:${local.account}:${local.topic_name}"
  alarm_arn_prefix = "arn:${local.partition}:cloudwatch:${local.region}:${local.account}:alarm:"
}

resource "aws_cloudwatch_metric_alarm" "this" {
  # Names alone: Terraform walks through all of this again for every alarm, which was minutes for hundreds of functions.
  for_each = local.alarm_keys

  alarm_name = each.key
  alarm_description = replace(
    local.alarms[each.key].alarm.description,
    "{{threshold}}",
    try(tostring(local.alarm_numbers[local.alarms[each.key].definition]), "{{threshold}}"),
  )
  comparison_operator = local.alarms[each.key].alarm.comparisonOperator
  evaluation_periods  = try(local.alarms[each.key].override.datapoints[1], local.alarms[each.key].alarm.evaluationPeriods)
  datapoints_to_alarm = try(local.alarms[each.key].override.datapoints[0], local.alarms[each.key].alarm.datapointsToAlarm)
  treat_missing_data  = try(coalesce(local.alarms[each.key].override.missing_data), local.alarms[each.key].alarm.treatMissingData)
  threshold_metric_id = local.alarms[each.key].alarm.thresholdMetricId
  threshold = local.alarms[each.key].alarm.threshold == null ? null : try(
    coalesce(local.alarms[each.key].override.threshold),
    local.alarms[each.key].alarm.threshold.value * (local.alarms[each.key].alarm.threshold.of == null ? 1 : local.alarms[each.key].input[local.alarms[each.key].alarm.threshold.of])
  )

  alarm_actions = local.alarms[each.key].alarm.notifies ? [local.topic_arn] : []
  ok_actions    = local.alarms[each.key].alarm.notifiesOk ? [local.topic_arn] : []

  namespace   = try(local.alarms[each.key].alarm.series.namespace, null)
  metric_name = try(local.alarms[each.key].alarm.series.metricName, null)
  dimensions  = try(local.alarms[each.key].alarm.series.dimensions, null)
  period      = local.alarms[each.key].alarm.series == null ? null : local.alarms[each.key].alarm.period
  statistic   = try(regex("^(?:Sum|SampleCount|Average|Minimum|Maximum)$", local.alarms[each.key].alarm.series.statistic), null)
  extended_statistic = try(
    can(regex("^(?:Sum|SampleCount|Average|Minimum|Maximum)$", local.alarms[each.key].alarm.series.statistic)) ? null : local.alarms[each.key].alarm.series.statistic,
    null,
  )

  dynamic "metric_query" {
    for_each = local.alarms[each.key].alarm.queries
    content {
      id          = metric_query.value.id
      label       = metric_query.value.label
      expression  = metric_query.value.expression
      return_data = metric_query.value.returnData

      dynamic "metric" {
        for_each = metric_query.value.series == null ? [] : [metric_query.value.series]
        content {
          namespace   = metric.value.namespace
          metric_name = metric.value.metricName
          dimensions  = metric.value.dimensions
          period      = local.alarms[each.key].alarm.period
          stat        = metric.value.statistic
        }
      }
    }
  }

  tags = var.tags
}

locals {
  known_alarms = concat(local.document.metricAlarms[*].name, local.document.compositeAlarms[*].name)

  # Limits of a composite alarm's rule (PutCompositeAlarm): 100 children, 10,240 characters.
  roll_ups = [
    for each in local.document.compositeAlarms : {
      definition = each.name
      severity   = each.severity
      template   = each
      children   = flatten([for name in each.any : [for alarm in lookup(local.alarm_names_by_definition, name, []) : "ALARM(\"${replace(replace(alarm, "\\", "\\\\"), "\"", "\\\"")}\")"]])
      every      = flatten([for name in each.all : [for alarm in lookup(local.alarm_names_by_definition, name, []) : "ALARM(\"${replace(replace(alarm, "\\", "\\\\"), "\"", "\\\"")}\")"]])
      none       = flatten([for name in each.unless : [for alarm in lookup(local.alarm_names_by_definition, name, []) : "ALARM(\"${replace(replace(alarm, "\\", "\\\\"), "\"", "\\\"")}\")"]])
      possible   = alltrue([for name in each.all : length(lookup(local.alarm_names_by_definition, name, [])) > 0])
    }
    if coalesce(try(var.alarm_overrides[each.name].enabled, null),
    each.optIn == null ? true : each.optIn == "anomalyDetection" ? var.anomaly_detection : var.service_level_objective)
  ]
  roll_up_rests = [
    for each in local.roll_ups : join("", concat(
      [for rule in each.every : " AND ${rule}"],
      [for rules in [each.none] : " AND NOT (${join(" OR ", rules)})" if length(rules) > 0],
    ))
  ]
  # All parts but the last are as long as the longest name allows.
  roll_up_sizes = [
    for i, each in local.roll_ups : max(1, min(
      100 - length(each.none) - length(each.every),
      floor((10240 - length(local.roll_up_rests[i]) - 2) / (max(concat([1], [for rule in each.children : length(rule)])...) + 4)),
    ))
  ]
  roll_up_parts = flatten([
    for i, each in local.roll_ups : [
      for part, rules in chunklist(each.children, local.roll_up_sizes[i]) : {
        definition  = each.definition
        description = each.template.description
        long_name = join("-", compact([local.prefix, each.severity, each.definition,
        length(each.children) > local.roll_up_sizes[i] ? tostring(part + 1) : ""]))
        rule = local.roll_up_rests[i] == "" ? join(" OR ", rules) : "(${join(" OR ", rules)})${local.roll_up_rests[i]}"
      }
    ] if each.possible
  ])
  roll_up_names = [
    for each in local.roll_up_parts : length(each.long_name) <= 255 ? each.long_name :
    "${substr(each.long_name, 0, 123)}-${substr(sha1(each.long_name), 0, 6)}-${substr(each.long_name, length(each.long_name) - 124, 124)}"
  ]
  roll_up_names_by_definition = {
    for definition in distinct([for each in local.roll_up_parts : each.definition]) : definition => [
      for i, each in local.roll_up_parts : local.roll_up_names[i] if each.definition == definition
    ]
  }
  all_alarm_names_by_definition = merge(local.alarm_names_by_definition, local.roll_up_names_by_definition)
}

resource "aws_cloudwatch_composite_alarm" "this" {
  for_each = { for i, each in local.roll_up_parts : local.roll_up_names[i] => each }

  alarm_name        = each.key
  alarm_description = each.value.description
  alarm_rule        = each.value.rule
  alarm_actions     = [local.topic_arn]
  ok_actions        = []
  tags              = var.tags

  # A composite alarm can only be made of alarms that exist.
  depends_on = [aws_cloudwatch_metric_alarm.this]

  lifecycle {
    precondition {
      condition = length(setintersection(
        flatten([for alarm in local.document.compositeAlarms : concat(alarm.any, alarm.all, alarm.unless)]),
        local.document.compositeAlarms[*].name,
      )) == 0
      error_message = "A roll-up of roll-ups cannot be made here, since Terraform has no recursion: roll the alarms up themselves."
    }
  }
}
