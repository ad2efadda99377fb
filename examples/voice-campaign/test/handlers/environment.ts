/** The functions' environment, set before their modules are imported: they ask for it while they initialise. */
Object.assign(process.env, {
  STORE_URL: 'http://127.0.0.1:9/store',
  TELEPHONY_URL: 'http://127.0.0.1:9',
  SPEECH_URL: 'http://127.0.0.1:9',
  SMS_URL: 'http://127.0.0.1:9',
  DIAL_TASKS_QUEUE_URL: 'http://127.0.0.1:9/000000000000/dial-tasks',
  SMS_TASKS_QUEUE_URL: 'http://127.0.0.1:9/000000000000/sms-tasks',
  SLICE_SECONDS: '60',
  AWS_REGION: 'us-east-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  PROJECT_NAME: 'voice-campaign',
  ENVIRONMENT: 'test',
});
