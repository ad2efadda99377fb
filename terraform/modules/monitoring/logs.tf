resource "aws_cloudwatch_log_group" "this" {
  for_each = toset(var.manage_log_groups ? [for name in var.lambda_function_names : "/aws/lambda/${name}"] : [])

  name              = each.key
  retention_in_days = var.log_retention_days
  tags              = var.tags

  # Logs outlive what watches them; Lambda would make the group again anyway, without a retention.
  skip_destroy = true
}

locals {
  # A query reads 50 log groups at most (StartQuery).
  query_log_groups = {
    for query in local.document.queries : query.name => [
      for i, each in flatten([for scope in query.scopes : lookup(local.resources, scope, [])]) : "/aws/lambda/${each.name}" if i < 50
    ]
  }
  contributor_log_groups = {
    for rule in local.document.contributorRules : rule.name => [
      for each in flatten([for scope in rule.scopes : lookup(local.resources, scope, [])]) : "/aws/lambda/${each.name}"
    ]
  }
}

resource "aws_cloudwatch_query_definition" "this" {
  for_each = { for query in local.document.queries : query.name => query if length(local.query_log_groups[query.name]) > 0 }

  name            = "${local.prefix}/${each.key}"
  query_string    = each.value.query
  log_group_names = local.query_log_groups[each.key]

  # A log group must exist before a query can name it.
  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_cloudwatch_contributor_insight_rule" "this" {
  for_each = { for rule in local.document.contributorRules : rule.name => rule if length(local.contributor_log_groups[rule.name]) > 0 }

  rule_name       = "${local.prefix}-${each.key}"
  rule_definition = jsonencode(merge(each.value.definition, { LogGroupNames = local.contributor_log_groups[each.key] }))
  rule_state      = "ENABLED"
  tags            = var.tags

  lifecycle {
    precondition {
      condition     = length(jsonencode(merge(each.value.definition, { LogGroupNames = local.contributor_log_groups[each.key] }))) <= 8192
      error_message = "The definition of a contributor rule has 8,192 characters at most: let ${each.key} read the logs of fewer functions."
    }
  }
}
