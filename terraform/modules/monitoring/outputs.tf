output "dashboard_names" {
  description = "Names of the dashboards, by what they show."
  value       = { for each in local.dashboard_parts : trimprefix(each.name, "${local.prefix}-") => aws_cloudwatch_dashboard.this[each.name].dashboard_name }
}

output "dashboard_urls" {
  description = "Addresses of the dashboards in the console, by what they show."
  value = {
    for each in local.dashboard_parts : trimprefix(each.name, "${local.prefix}-") =>
    "https://${local.region}.${local.console}/cloudwatch/home?region=${local.region}#dashboards/dashboard/${each.name}"
  }
}

output "alarm_topic_arn" {
  description = "Topic that alarms publish to."
  value       = aws_sns_topic.alarms.arn
}

output "alarm_arns" {
  description = "ARNs of the alarms, by their names."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.arn }
}

output "composite_alarm_arns" {
  description = "ARNs of the alarms that roll others up, by their names."
  value       = { for name, alarm in aws_cloudwatch_composite_alarm.this : name => alarm.arn }
}

output "xray_group_arns" {
  description = "ARNs of the trace groups, by their short names."
  value       = { for name, group in aws_xray_group.this : name => group.arn }
}

output "log_group_names" {
  description = "Names of the functions' log groups, whoever makes them."
  value       = [for name in var.lambda_function_names : "/aws/lambda/${name}"]
}

output "namespace" {
  description = "Namespace that the handlers must emit to: their PROJECT_NAME and ENVIRONMENT."
  value       = local.namespace
}
