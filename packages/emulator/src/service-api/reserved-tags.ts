/** Whether AWS keeps tags with this key for itself (Tagging AWS Resources user guide, whatever the case). */
export const isReserved = (key: string): boolean => /^aws:/i.test(key);
