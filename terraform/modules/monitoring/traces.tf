locals {
  trace_groups = [
    for group in local.document.traceGroups : merge(group, {
      # A stage's segment is named for its API and itself, a function's for the function.
      services_found = distinct(flatten([
        for scope in group.services : [
          for each in lookup(local.resources, scope, []) : scope == "api" ? "${each.name}/${local.stage}" : each.name
        ]
      ]))
      long_name = "${local.prefix}-${group.name}"
    })
  ]
  trace_group_expressions = [
    for group in local.trace_groups : join(" OR ", [for name in group.services_found : "service(\"${name}\")"])
  ]
  trace_group_wholes = [
    for i, group in local.trace_groups : group.condition == null ? local.trace_group_expressions[i] :
    "(${local.trace_group_expressions[i]}) AND (${group.condition})"
  ]
  # CreateGroup: a name has 32 characters at most. GetTraceSummaries: an expression has 2,000; a group whose services do
  # not fit has those of the whole Region.
  planned_trace_groups = [
    for i, group in local.trace_groups : {
      short = group.name
      name = (
        length(group.long_name) <= 32 ? group.long_name :
        "${substr(group.long_name, 0, 12)}-${substr(sha1(group.long_name), 0, 6)}-${substr(group.long_name, length(group.long_name) - 12, 12)}"
      )
      expression = length(local.trace_group_wholes[i]) > 2000 && group.condition != null ? group.condition : local.trace_group_wholes[i]
    } if length(group.services_found) > 0
  ]

  sampling_rules = flatten([
    for rule in local.document.samplingRules : [
      for each in lookup(local.resources, rule.scope, []) : {
        long_name = join("-", compact([local.prefix, rule.name, each.short]))
        rule      = rule
        service   = replace(replace(rule.serviceName, "{{name}}", each.name), "{{short}}", each.short)
      }
    ]
  ])
}

resource "aws_xray_group" "this" {
  for_each = { for group in local.planned_trace_groups : group.short => group }

  group_name        = each.value.name
  filter_expression = each.value.expression
  tags              = var.tags

  lifecycle {
    precondition {
      condition     = length(local.planned_trace_groups) <= 25
      error_message = "A Region has 25 trace groups at most, which cannot be raised: the document defines ${length(local.planned_trace_groups)}."
    }
    precondition {
      condition     = length(each.value.expression) <= 2000
      error_message = "The filter expression of a trace group has 2,000 characters at most: name fewer services in ${each.key}, or give it a condition."
    }
  }
}

resource "aws_xray_sampling_rule" "this" {
  for_each = {
    for each in local.sampling_rules :
    (length(each.long_name) <= 32 ? each.long_name : "${substr(each.long_name, 0, 12)}-${substr(sha1(each.long_name), 0, 6)}-${substr(each.long_name, length(each.long_name) - 12, 12)}") => each
  }

  rule_name      = each.key
  priority       = each.value.rule.priority
  fixed_rate     = each.value.rule.fixedRate
  reservoir_size = each.value.rule.reservoirSize
  service_name   = each.value.service
  service_type   = "*"
  host           = "*"
  http_method    = "*"
  url_path       = "*"
  resource_arn   = "*"
  version        = 1
  tags           = var.tags

  lifecycle {
    precondition {
      condition     = length(local.sampling_rules) <= 25
      error_message = "A Region has 25 sampling rules, and these are ${length(local.sampling_rules)}: name fewer rest_api_names, or define fewer rules."
    }
  }
}
