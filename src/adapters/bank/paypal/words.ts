/**
 * The names of PayPal's columns: English, German, French, Italian, Spanish, Dutch, Portuguese,
 * Polish. Without case and accents, as `normalizeHeader` leaves them.
 */
export const paypalColumns = {
  date: ['date', 'datum', 'data', 'fecha'],
  name: ['name', 'nom', 'nome', 'nombre', 'naam', 'nazwa'],
  type: ['type', 'typ', 'tipo', 'description', 'beschreibung', 'descrizione', 'descripcion'],
  status: ['status', 'etat', 'stato', 'estado'],
  currency: ['currency', 'wahrung', 'devise', 'valuta', 'divisa', 'moneda', 'moeda', 'waluta'],
  gross: ['gross', 'brutto', 'brut', 'avant commission', 'lordo', 'bruto', 'importe bruto'],
  fee: [
    ...['fee', 'fees', 'gebuhr', 'gebuhren', 'entgelt', 'commission', 'frais', 'tariffa'],
    ...['comision', 'tarifa', 'kosten', 'taxa', 'tarifas', 'oplata', 'comissao'],
  ],
  net: ['net', 'netto', 'neto', 'importe neto', 'liquido', 'valor liquido'],
  from: [
    ...['from email address', 'absender e-mail-adresse', "de l'adresse email"],
    ...['indirizzo email mittente', 'correo electronico del remitente', 'van e-mailadres'],
  ],
  to: [
    ...['to email address', 'empfanger e-mail-adresse', "a l'adresse email"],
    ...['indirizzo email destinatario', 'correo electronico del destinatario', 'naar e-mailadres'],
  ],
  id: [
    ...['transaction id', 'transaktionscode', 'numero de transaction', 'codice transazione'],
    ...['id de transaccion', 'id. de transaccion', 'identificador de la transaccion'],
    ...['transactiereferentie', 'transactie-id', 'id da transacao', 'numer transakcji'],
  ],
  referenceId: [
    ...['reference txn id', 'zugehoriger transaktionscode', 'txn-referenzkennung'],
    ...['numero de la transaction de reference', 'no de transaction de reference'],
    ...['codice transazione di riferimento', 'id. de referencia de trans.', 'referentie tx-id'],
  ],
  invoice: [
    ...['invoice number', 'rechnungsnummer', 'numero de facture', 'no de facture'],
    ...['numero de factura', 'factuurnummer', 'numero fattura'],
  ],
  custom: [
    ...['custom number', 'individuelle nummer', 'numero de client', 'no de client'],
    ...['numero personalizzato', 'numero personalizado', 'aangepast nummer'],
  ],
  subject: [
    ...['subject', 'betreff', 'objet', 'oggetto', 'asunto', 'onderwerp', 'item title'],
    ...['artikelbezeichnung', "titre de l'objet", 'titolo oggetto', 'titulo del articulo'],
  ],
  note: ['note', 'hinweis', 'remarque', 'messaggio', 'nota', 'notitie'],
  balance: ['balance', 'guthaben', 'solde', 'saldo', 'saldo rachunku'],
  impact: [
    ...['balance impact', 'auswirkung auf guthaben', 'impact sur le solde', 'impatto sul saldo'],
    ...['impacto en el saldo', 'effect op saldo', 'impacto no saldo', 'wplyw na saldo'],
  ],
} as const;

export const paypalWords = {
  memo: /^(?:memo|memorandum|hinweis|notiz|promemoria|nota)/,
  pending:
    /^(?:pending|uncleared|on hold|ausstehend|offen|en attente|in sospeso|pendiente|pendente|in afwachting|oczekuj)/,
  reversal:
    /refund|reversal|chargeback|ruckzahlung|storno|ruckbuchung|remboursement|annulation|rimborso|storno|reembolso|terugbetaling|zwrot/,
} as const;
