variable "region" {
  type    = string
  default = "us-east-1"
}

variable "environment" {
  type    = string
  default = "production"
}

variable "bundles" {
  description = "Folder of the functions' bundles: one zip each, with index.mjs in it."
  type        = string
  default     = "dist"
}

variable "store_url" {
  description = "Where the campaign store answers."
  type        = string
}

variable "telephony_url" {
  description = "Where the telephone server, the speech provider and the SMS carrier answer."
  type        = string
}

variable "campaign" {
  description = "The campaign that is dispatched each minute, as JSON."
  type        = string
  default     = "{}"
}

variable "dialer_concurrency" {
  description = "Batches of ten calls at once."
  type        = number
  default     = 20
}

variable "asterisk_instance_id" {
  type    = string
  default = null
}

variable "rds_instance_id" {
  type    = string
  default = null
}

variable "alarm_email_endpoints" {
  type    = list(string)
  default = []
}
