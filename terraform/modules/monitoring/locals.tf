data "aws_region" "current" {}
data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  prefix    = "${var.project_name}-${var.environment}"
  namespace = "${var.project_name}/${var.environment}"
  stage     = coalesce(var.rest_api_stage, var.environment)
  region    = data.aws_region.current.region
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  console = lookup(
    { aws-cn = "console.amazonaws.cn", aws-us-gov = "console.amazonaws-us-gov.com" },
    local.partition,
    "console.aws.amazon.com",
  )

  # What stands for a placeholder stands inside of a JSON string.
  global_bindings = {
    "{{project}}"     = var.project_name
    "{{environment}}" = var.environment
    "{{namespace}}"   = local.namespace
    "{{prefix}}"      = local.prefix
    "{{region}}"      = local.region
    "{{stage}}"       = trimsuffix(trimprefix(jsonencode(local.stage), "\""), "\"")
    "{{runbooks}}"    = trimsuffix(trimprefix(jsonencode(var.runbooks_url), "\""), "\"")
  }
  document_text = file(coalesce(var.contract_file, "${path.module}/contract.json"))
  document = jsondecode(replace(replace(replace(replace(replace(replace(replace(
    local.document_text,
    "{{project}}", local.global_bindings["{{project}}"]),
    "{{environment}}", local.global_bindings["{{environment}}"]),
    "{{namespace}}", local.global_bindings["{{namespace}}"]),
    "{{prefix}}", local.global_bindings["{{prefix}}"]),
    "{{region}}", local.global_bindings["{{region}}"]),
    "{{stage}}", local.global_bindings["{{stage}}"]),
    "{{runbooks}}", local.global_bindings["{{runbooks}}"])
  )

  # The resources of each scope, in the order of the variables. `short` is the name without the deployment's.
  names_by_kind = {
    function            = var.lambda_function_names
    queue               = var.sqs_queue_names
    "dead-letter-queue" = var.sqs_dlq_names
    instance            = var.asterisk_instance_id == null ? [] : [var.asterisk_instance_id]
    database            = var.rds_instance_id == null ? [] : [var.rds_instance_id]
    api                 = var.rest_api_names
  }
  resources_by_kind = {
    for kind, names in local.names_by_kind : kind => [
      for name in names : { name = name, short = trimprefix(name, "${local.prefix}-") }
    ]
  }

  # A handler is the function whose name ends in its own; which of two it would be nobody can say.
  handler_scopes = distinct(flatten(regexall("\"(handler:[^\"]+)\"", local.document_text)))
  handlers_found = {
    for scope in local.handler_scopes : scope => [
      for each in local.resources_by_kind["function"] : each if endswith(each.name, trimprefix(scope, "handler:"))
    ]
  }
  resources_by_handler = { for scope, found in local.handlers_found : scope => length(found) == 1 ? found : slice(found, 0, 0) }

  resources = merge(
    { system = [{ name = "", short = "" }] },
    local.resources_by_kind,
    local.resources_by_handler,
  )
}
