import { purgeQueue } from './queue.ts';
import { noActivity } from './queue-activity.ts';
import { type QueueDefinition, settingsOf } from './queue-settings.ts';
import { changed, type Service } from './take-messages.ts';
import { arm, type Watched } from './watched-queue.ts';

const drop = (service: Service, watch: Watched): void => {
  for (const waiter of [...watch.waiters]) waiter.end();
  watch.listeners.clear();
  service.watched.delete(watch.queue.settings.name);
  service.ofClients.delete(watch.queue);
};

/** Leaves the queues that are defined, empty and as they are defined. */
export const resetQueues = (service: Service, definitions: readonly QueueDefinition[]): void => {
  const defined = new Map(definitions.map((definition) => [definition.name, definition]));
  for (const watch of [...service.watched.values()]) {
    const { queue } = watch;
    // No client has purged it: the next who does need not wait.
    purgeQueue(queue, Number.NEGATIVE_INFINITY);
    queue.activity = noActivity();
    const definition = defined.get(queue.settings.name);
    if (definition === undefined) drop(service, watch);
    else queue.settings = settingsOf(definition);
    arm(service, watch);
  }
  changed(service);
};
