# Functions that have run before have log groups: Lambda makes one at the first line. Terraform cannot create what is
# there, and an import is allowed in the root module alone.
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
  region = "us-east-1"
}

locals {
  existing_log_group_names = ["/aws/lambda/voice-campaign-production-dispatcher"]
}

import {
  for_each = toset(local.existing_log_group_names)
  to       = module.monitoring.aws_cloudwatch_log_group.this[each.value]
  id       = each.value
}

module "monitoring" {
  source = "../.."

  project_name = "voice-campaign"
  environment  = "production"

  lambda_function_names = [
    "voice-campaign-production-dispatcher",
    "voice-campaign-production-dialer-worker",
  ]
  existing_log_group_names = local.existing_log_group_names
}
