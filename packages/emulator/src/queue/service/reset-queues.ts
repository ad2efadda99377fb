import { purgeQueue } from '../queue.ts';
import { noActivity } from '../queue-activity.ts';
import { type QueueDefinition, settingsOf } from '../queue-settings.ts';
import { changed, type Service } from './take-messages.ts';
import { arm, unwatch, type Watched } from './watched-queue.ts';

/** Lets go of a queue with its messages, and ends every wait at it. */
export const forgetQueue = (service: Service, watch: Watched): void => {
  const { queue } = watch;
  purgeQueue(queue, service.now());
  unwatch(service, watch);
  service.watched.delete(queue.settings.name);
  service.ofClients.delete(queue);
};

/** Leaves the queues that are defined, empty and as they are defined. */
export const resetQueues = (service: Service, definitions: readonly QueueDefinition[]): void => {
  const defined = new Map(definitions.map((definition) => [definition.name, definition]));
  for (const watch of [...service.watched.values()]) {
    const { queue } = watch;
    const definition = defined.get(queue.settings.name);
    if (definition === undefined) {
      forgetQueue(service, watch);
      continue;
    }
    // No client has purged it: the next who does need not wait.
    purgeQueue(queue, Number.NEGATIVE_INFINITY);
    queue.activity = noActivity();
    queue.settings = settingsOf(definition);
    arm(service, watch);
  }
  changed(service);
};
