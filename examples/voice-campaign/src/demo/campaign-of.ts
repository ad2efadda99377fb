import type { Campaign } from '../campaign/campaign.ts';

/** A campaign that calls as many people as asked, at any hour of the day. */
export function campaignOf(contacts: number, pace: number): Campaign {
  const digits = String(contacts).length;
  return {
    id: 'spring',
    window: { from: '00:00', to: '24:00', timeZone: 'America/New_York' },
    pace,
    contacts: Array.from({ length: contacts }, (_, index) => ({
      id: String(index + 1).padStart(digits, '0'),
      phone: fictionalNumber(index),
      name: `Contact ${index + 1}`,
    })),
  };
}

/** 555-0100 to 555-0199 are kept for fiction in every North American area code: they ring nowhere. */
function fictionalNumber(index: number): string {
  const areaCode = 212 + (Math.floor(index / 100) % 700);
  return `+1${areaCode}55501${String(index % 100).padStart(2, '0')}`;
}
