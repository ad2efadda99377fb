// What neither source of schema.json tells: flags of attributes that are younger than the older source (4.36.1).

/** Optional arguments that the provider fills in when the configuration does not. */
export const computedToo = `
  aws_api_gateway_rest_api.minimum_compression_size aws_api_gateway_rest_api.endpoint_configuration.ip_address_type
  aws_chatbot_slack_channel_configuration.guardrail_policy_arns aws_chatbot_slack_channel_configuration.logging_level
  aws_chatbot_slack_channel_configuration.sns_topic_arns aws_chatbot_slack_channel_configuration.user_authorization_required
  aws_cloudwatch_log_group.deletion_protection_enabled aws_cloudwatch_log_group.log_group_class aws_cloudwatch_log_group.name_prefix
  aws_cloudwatch_log_metric_filter.apply_on_transformed_logs aws_cloudwatch_event_rule.name_prefix
  aws_db_instance.backup_target aws_db_instance.database_insights_mode aws_db_instance.domain_fqdn aws_db_instance.engine_lifecycle_support
  aws_db_instance.identifier_prefix aws_db_instance.iops aws_db_instance.master_user_secret_kms_key_id aws_db_instance.storage_throughput
  aws_dynamodb_table.point_in_time_recovery.recovery_period_in_days aws_dynamodb_table.replica.deletion_protection_enabled
  aws_iam_policy.name_prefix aws_iam_role.name_prefix aws_iam_role_policy.name_prefix
  aws_instance.iam_instance_profile aws_instance.enable_primary_ipv6
  aws_instance.placement_group_id aws_kms_alias.name_prefix aws_kms_key.rotation_period_in_days aws_lambda_permission.statement_id_prefix
  aws_s3_bucket.bucket_prefix aws_secretsmanager_secret.name_prefix aws_sns_topic.fifo_throughput_scope aws_sns_topic.name_prefix
  aws_sns_topic.signature_version aws_sns_topic.tracing_config aws_sns_topic_subscription.filter_policy_scope aws_sqs_queue.name_prefix
`
  .trim()
  .split(/\s+/);

/** Optional arguments that the older version filled in and this one does not. */
export const computedNoMore = ['aws_db_instance.apply_immediately', 'aws_instance.user_data'];

export const sensitive = ['aws_db_instance.password_wo', 'aws_ssm_parameter.value_wo'];
export const writeOnly = ['aws_db_instance.password_wo', 'aws_ssm_parameter.value_wo'];

/** Most blocks of a kind, where it is neither one nor any number. */
export const maxItems = {
  'aws_cloudwatch_event_target.ecs_target.ordered_placement_strategy': 5,
  'aws_cloudwatch_event_target.sagemaker_pipeline_target.pipeline_parameter_list': 200,
};

/** Versions of the state's form. */
export const versions = { aws_cloudwatch_event_rule: 1 };
