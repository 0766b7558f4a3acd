/** What decides in src/escrow. The rest of it asks the ports, and is tested above the unit. */
exports.deciders = [
  ...[
    'decide*',
    'evolve*',
    'award',
    'follow-refund',
    'holdings',
    'legal',
    'lose-chargeback',
    'lost-parts',
    'open-dispute',
    'refund-parts',
    'refund-ways',
    'seller-debt',
    'settlement',
  ],
  ...['state', 'status', 'timetable'],
].join(',');
