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

module "monitoring" {
  source = "../.."

  project_name = "voice-campaign"
  environment  = "production"

  lambda_function_names = [
    "voice-campaign-production-api-handler",
    "voice-campaign-production-dispatcher",
    "voice-campaign-production-dialer-worker",
  ]

  sqs_queue_names = [
    "voice-campaign-production-dial-tasks",
    "voice-campaign-production-sms-tasks"
  ]

  sqs_dlq_names = [
    "voice-campaign-production-dial-tasks-dlq"
  ]

  asterisk_instance_id = "i-1234567890abcdef0"
  rds_instance_id      = "voice-campaign-production-db"

  rds_max_connections   = 100
  rds_allocated_storage = 100
  lambda_timeout_ms     = 30000

  alarm_email_endpoints = [
    "ops-team@example.com"
  ]

  tags = {
    Project     = "VoiceCampaign"
    Environment = "production"
  }
}

output "alarm_topic_arn" {
  value = module.monitoring.alarm_topic_arn
}

output "dashboard_urls" {
  value = module.monitoring.dashboard_urls
}
