variable "project_name" {
  description = "Name of the project: with the environment it is the namespace `<project>/<environment>` that handlers emit to, and the beginning of every name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", var.project_name))
    error_message = "project_name is 1 to 64 letters, digits, - and _: it stands in the names of dashboards, which have no others."
  }
}

variable "environment" {
  description = "Name of the environment, such as `production`."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", var.environment))
    error_message = "environment is 1 to 64 letters, digits, - and _: it stands in the names of dashboards, which have no others."
  }
}

variable "lambda_function_names" {
  description = "Functions to watch. The one whose name ends in that of a handler, such as `dialer-worker`, is that handler."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.lambda_function_names : can(regex("^[0-9A-Za-z_-]{1,64}$", name))])
    error_message = "lambda_function_names holds names, not ARNs: 1 to 64 letters, digits, - and _."
  }

  validation {
    condition     = length(distinct(var.lambda_function_names)) == length(var.lambda_function_names)
    error_message = "lambda_function_names names a function twice: drop one."
  }
}

variable "sqs_queue_names" {
  description = "Queues to watch, without their dead-letter queues."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.sqs_queue_names : can(regex("^([0-9A-Za-z_-]{1,80}|[0-9A-Za-z_-]{1,75}\\.fifo)$", name))])
    error_message = "sqs_queue_names holds names, not URLs: 1 to 80 letters, digits, - and _."
  }

  validation {
    condition     = length(distinct(var.sqs_queue_names)) == length(var.sqs_queue_names)
    error_message = "sqs_queue_names names a queue twice: drop one."
  }
}

variable "sqs_dlq_names" {
  description = "Dead-letter queues: one message in one of them is an alarm."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.sqs_dlq_names : can(regex("^([0-9A-Za-z_-]{1,80}|[0-9A-Za-z_-]{1,75}\\.fifo)$", name))])
    error_message = "sqs_dlq_names holds names, not URLs: 1 to 80 letters, digits, - and _."
  }

  validation {
    condition     = length(distinct(var.sqs_dlq_names)) == length(var.sqs_dlq_names)
    error_message = "sqs_dlq_names names a queue twice: drop one."
  }

  validation {
    condition     = length(setintersection(var.sqs_dlq_names, var.sqs_queue_names)) == 0
    error_message = "sqs_dlq_names has a queue that sqs_queue_names has too: name it here alone."
  }
}

variable "asterisk_instance_id" {
  description = "EC2 instance of the telephone server; nothing of it is watched without."
  type        = string
  default     = null

  validation {
    condition     = var.asterisk_instance_id == null || can(regex("^i-([0-9a-f]{8}|[0-9a-f]{17})$", var.asterisk_instance_id))
    error_message = "asterisk_instance_id is i- and 8 or 17 hex digits."
  }
}

variable "rds_instance_id" {
  description = "Identifier of the database instance; nothing of it is watched without."
  type        = string
  default     = null

  validation {
    condition     = var.rds_instance_id == null || can(regex("^[A-Za-z](-?[A-Za-z0-9]){0,62}$", var.rds_instance_id))
    error_message = "rds_instance_id is the DB instance's identifier, not its ARN: a letter, then up to 62 letters, digits and single dashes."
  }
}

variable "rds_max_connections" {
  description = "Connections that the database takes; an alarm is at 80 % of them."
  type        = number
  default     = 100

  validation {
    condition     = var.rds_max_connections > 0
    error_message = "rds_max_connections is a number of connections above 0."
  }
}

variable "rds_allocated_storage" {
  description = "Storage of the database, GiB; an alarm is where less than 20 % of it are free."
  type        = number
  default     = 100

  validation {
    condition     = var.rds_allocated_storage > 0
    error_message = "rds_allocated_storage is a number of GiB above 0."
  }
}

variable "lambda_timeout_ms" {
  description = "Timeout of the functions that `lambda_timeouts_ms` does not name, milliseconds; an alarm is at 80 % of it."
  type        = number
  default     = 30000

  validation {
    condition     = var.lambda_timeout_ms > 0
    error_message = "lambda_timeout_ms is a number of milliseconds above 0."
  }
}

variable "lambda_timeouts_ms" {
  description = "Timeouts by function, milliseconds."
  type        = map(number)
  default     = {}

  validation {
    condition     = alltrue([for name, timeout in var.lambda_timeouts_ms : timeout > 0 && contains(var.lambda_function_names, name)])
    error_message = "lambda_timeouts_ms names functions of lambda_function_names, with milliseconds above 0."
  }
}

variable "alarm_overrides" {
  description = "Changes to alarms, by their names in the monitoring definition, such as `answer-rate`."
  type = map(object({
    enabled      = optional(bool)
    threshold    = optional(number)
    datapoints   = optional(list(number))
    missing_data = optional(string)
  }))
  default = {}

  validation {
    condition = alltrue([for each in var.alarm_overrides : each.datapoints == null || try(
      length(each.datapoints) == 2 && each.datapoints[0] >= 1 && each.datapoints[0] <= each.datapoints[1], false
    )])
    error_message = "datapoints of alarm_overrides are [M, N] with 1 <= M <= N: so many of so many periods."
  }

  validation {
    condition = alltrue([for each in var.alarm_overrides :
      each.missing_data == null ? true : contains(["breaching", "notBreaching", "ignore", "missing"], each.missing_data)
    ])
    error_message = "missing_data of alarm_overrides is breaching, notBreaching, ignore or missing."
  }

  validation {
    condition     = alltrue([for name in keys(var.alarm_overrides) : contains(local.known_alarms, name)])
    error_message = "alarm_overrides names an alarm that is none of: ${join(", ", local.known_alarms)}."
  }
}

variable "anomaly_detection" {
  description = "Whether anomaly alarms are made: each is billed as three."
  type        = bool
  default     = false
}

variable "service_level_objective" {
  description = "Whether the burn-rate alarms of the service level objective are made."
  type        = bool
  default     = false
}

variable "rest_api_names" {
  description = "REST APIs of API Gateway, by their names. HTTP APIs have no traces, and other dimensions."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.rest_api_names : can(regex("^[ -~]{1,255}$", name))])
    error_message = "rest_api_names holds names in ASCII: the value of a dimension has no other characters."
  }

  validation {
    condition     = length(distinct(var.rest_api_names)) == length(var.rest_api_names)
    error_message = "rest_api_names names an API twice: drop one."
  }
}

variable "rest_api_stage" {
  description = "Stage of the REST APIs; the environment if it is null."
  type        = string
  default     = null
}

variable "manage_log_groups" {
  description = "Whether the functions' log groups are made here."
  type        = bool
  default     = true
}

variable "existing_log_group_names" {
  description = "Log groups that exist already. Creating them again fails, so the root module must import them: see examples/adopt."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.existing_log_group_names : contains([for each in var.lambda_function_names : "/aws/lambda/${each}"], name)])
    error_message = "existing_log_group_names holds log groups of lambda_function_names: /aws/lambda/ and the function's name."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept, days."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is one that CloudWatch Logs keeps: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "runbooks_url" {
  description = "Address of the folder that holds the runbooks which alarms name."
  type        = string
  default     = "docs/runbooks"
}

variable "alarm_email_endpoints" {
  description = "Addresses that hear of alarms, once each has followed the link in the mail from AWS."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.alarm_email_endpoints : can(regex("^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$", each))])
    error_message = "alarm_email_endpoints holds email addresses."
  }

  validation {
    condition     = length(distinct(var.alarm_email_endpoints)) == length(var.alarm_email_endpoints)
    error_message = "alarm_email_endpoints names an address twice: drop one."
  }
}

variable "alarm_subscriptions" {
  description = "Others who hear of alarms: of all, of some severities (`critical`, `warning`), or of some alarms by their names in the definition. A function or queue must let SNS in by its own policy."
  type = list(object({
    protocol   = string
    endpoint   = string
    severities = optional(list(string))
    alarms     = optional(list(string))
  }))
  default = []

  validation {
    condition     = alltrue([for each in var.alarm_subscriptions : contains(["email", "email-json", "https", "lambda", "sqs", "sms"], each.protocol)])
    error_message = "protocol of alarm_subscriptions is email, email-json, https, lambda, sqs or sms."
  }

  validation {
    condition     = alltrue([for each in var.alarm_subscriptions : each.severities == null || each.alarms == null])
    error_message = "A subscription of alarm_subscriptions has severities or alarms: a filter is one of them."
  }

  validation {
    # A list is never equal to [], which is none.
    condition     = alltrue([for each in var.alarm_subscriptions : try(length(each.severities), 1) > 0 && try(length(each.alarms), 1) > 0])
    error_message = "A filter of alarm_subscriptions that names nothing lets nothing through: leave it out."
  }

  validation {
    condition = alltrue(flatten([for each in var.alarm_subscriptions :
      [for severity in coalesce(each.severities, []) : contains(["critical", "warning"], severity)]
    ]))
    error_message = "severities of alarm_subscriptions are critical and warning."
  }

  validation {
    condition = alltrue([for each in var.alarm_subscriptions : can(regex(lookup({
      "email"      = "^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$"
      "email-json" = "^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$"
      "https"      = "^https://[^\\s/]+\\S*$"
      "lambda"     = "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:.+$"
      "sqs"        = "^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:.+$"
      "sms"        = "^\\+[1-9][0-9]{6,14}$"
    }, each.protocol, ".*"), each.endpoint))])
    error_message = "endpoint of alarm_subscriptions is what its protocol asks for: an address, a URL that begins with https://, an ARN, or a telephone number such as +14155550100."
  }

  validation {
    condition     = length(distinct([for each in var.alarm_subscriptions : "${each.protocol} ${each.endpoint}"])) == length(var.alarm_subscriptions)
    error_message = "alarm_subscriptions has an endpoint twice: SNS has one subscription of it."
  }
}

variable "pager_duty_integration_key" {
  description = "Of PagerDuty's integration \"Amazon CloudWatch\": it hears of critical alarms."
  type        = string
  default     = null
  sensitive   = true

  validation {
    condition     = var.pager_duty_integration_key == null || can(regex("^[A-Za-z0-9]{32}$", var.pager_duty_integration_key))
    error_message = "pager_duty_integration_key is 32 letters and digits."
  }
}

variable "slack_channel" {
  description = "Slack channel that hears of alarms. Its workspace must have let Amazon Q Developer in by hand, once, in its console."
  type        = object({ workspace_id = string, channel_id = string })
  default     = null

  validation {
    condition     = var.slack_channel == null || can(regex("^[0-9A-Z]{1,255} [A-Za-z0-9]+$", "${var.slack_channel.workspace_id} ${var.slack_channel.channel_id}"))
    error_message = "slack_channel has ids, such as T0123ABCD and C0123ABCD, not names."
  }
}

variable "kms_key" {
  description = "`create` for a key of the module's own, or the ARN of a customer managed key whose policy lets CloudWatch use it. The topic is not encrypted without."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key == null || can(regex("^(create|arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+)$", var.kms_key))
    error_message = "kms_key is create, or a key's ARN. The key of SNS itself drops every alarm in silence, since no policy of it can let CloudWatch in."
  }
}

variable "event_target_arn" {
  description = "Target, such as a bus, a function or a queue, of every change of state of the alarms. It must let EventBridge in by its own policy."
  type        = string
  default     = null

  validation {
    condition     = var.event_target_arn == null || can(regex("^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]+:[0-9]{12}:.+$", var.event_target_arn))
    error_message = "event_target_arn is an ARN."
  }
}

variable "tags" {
  description = "Tags of everything that takes them."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.tags) <= 50 && alltrue([for key in keys(var.tags) : !startswith(key, "aws:")])
    error_message = "tags are 50 at most, and none begins with aws:."
  }
}

variable "contract_file" {
  description = "Monitoring document of a definition of your own (`voice-campaign synth document`); that of the voice campaign if it is null."
  type        = string
  default     = null
}
