import type { APIGatewayProxyResult } from 'aws-lambda';

/** Answers every request. */
export const handler = async (): Promise<APIGatewayProxyResult> => ({ statusCode: 200, body: 'taken' });
