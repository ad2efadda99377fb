import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import { dialWork, tracer } from './dial-work.ts';

export const handler = middy(dialWork).use(captureLambdaHandler(tracer, { captureResponse: false }));
