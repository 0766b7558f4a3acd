/** The languages that papers are written in: those of the letters that their font has. */
export const paperLanguages = ['en', 'es', 'fr', 'de', 'it', 'pt', 'nl', 'pl', 'tr', 'ru'] as const;
export type PaperLanguage = (typeof paperLanguages)[number];

export const isPaperLanguage = (code: string): code is PaperLanguage =>
  paperLanguages.some((language) => language === code);

/**
 * The language that a country's papers are read in, as Unicode has it the likeliest; English where
 * the font does not have its letters, or the texts are not there.
 */
export function paperLanguageOf(country: string): PaperLanguage {
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  return isPaperLanguage(language) ? language : 'en';
}

type Word =
  | 'commercial_invoice'
  | 'packing_list'
  | 'number'
  | 'date'
  | 'seller'
  | 'buyer'
  | 'terms'
  | 'from'
  | 'to'
  | 'currency'
  | 'carrier'
  | 'trackingNumber'
  | 'exportReference'
  | 'reason'
  | 'sale'
  | 'description'
  | 'hsCode'
  | 'origin'
  | 'quantity'
  | 'weight'
  | 'value'
  | 'goods'
  | 'freight'
  | 'insurance'
  | 'otherCharges'
  | 'total'
  | 'declaration'
  | 'page';

/** The words of a paper; a language that lacks one does not compile. `{n}` and `{of}` are filled in. */
export type Words = Readonly<Record<Word, string>>;

/** One text for each language, in the order of `paperLanguages`. */
type Texts<T extends readonly unknown[]> = { readonly [Index in keyof T]: string };
type Row = Texts<typeof paperLanguages>;

const rows: Readonly<Record<Word, Row>> = {
  commercial_invoice: [
    'Commercial invoice',
    'Factura comercial',
    'Facture commerciale',
    'Handelsrechnung',
    'Fattura commerciale',
    'Fatura comercial',
    'Handelsfactuur',
    'Faktura handlowa',
    'Ticari fatura',
    'Коммерческий инвойс',
  ],
  packing_list: [
    'Packing list',
    'Lista de empaque',
    'Liste de colisage',
    'Packliste',
    'Distinta dei colli',
    'Lista de volumes',
    'Paklijst',
    'Lista pakowa',
    'Çeki listesi',
    'Упаковочный лист',
  ],
  number: [
    'Number',
    'Número',
    'Numéro',
    'Nummer',
    'Numero',
    'Número',
    'Nummer',
    'Numer',
    'Numara',
    'Номер',
  ],
  date: ['Date', 'Fecha', 'Date', 'Datum', 'Data', 'Data', 'Datum', 'Data', 'Tarih', 'Дата'],
  seller: [
    'Seller and exporter',
    'Vendedor y exportador',
    'Vendeur et exportateur',
    'Verkäufer und Ausführer',
    'Venditore ed esportatore',
    'Vendedor e exportador',
    'Verkoper en exporteur',
    'Sprzedawca i eksporter',
    'Satıcı ve ihracatçı',
    'Продавец и экспортёр',
  ],
  buyer: [
    'Buyer and consignee',
    'Comprador y destinatario',
    'Acheteur et destinataire',
    'Käufer und Empfänger',
    'Acquirente e destinatario',
    'Comprador e destinatário',
    'Koper en ontvanger',
    'Kupujący i odbiorca',
    'Alıcı ve gönderilen',
    'Покупатель и получатель',
  ],
  terms: [
    'Terms of delivery',
    'Condiciones de entrega',
    'Conditions de livraison',
    'Lieferbedingung',
    'Termini di resa',
    'Condições de entrega',
    'Leveringsvoorwaarde',
    'Warunki dostawy',
    'Teslim şekli',
    'Условия поставки',
  ],
  from: [
    'Country of export',
    'País de exportación',
    'Pays d’exportation',
    'Ausfuhrland',
    'Paese di esportazione',
    'País de exportação',
    'Land van uitvoer',
    'Kraj wywozu',
    'İhracat ülkesi',
    'Страна вывоза',
  ],
  to: [
    'Country of destination',
    'País de destino',
    'Pays de destination',
    'Bestimmungsland',
    'Paese di destinazione',
    'País de destino',
    'Land van bestemming',
    'Kraj przeznaczenia',
    'Varış ülkesi',
    'Страна назначения',
  ],
  currency: [
    'Currency',
    'Moneda',
    'Monnaie',
    'Währung',
    'Valuta',
    'Moeda',
    'Valuta',
    'Waluta',
    'Para birimi',
    'Валюта',
  ],
  carrier: [
    'Carrier',
    'Transportista',
    'Transporteur',
    'Frachtführer',
    'Vettore',
    'Transportadora',
    'Vervoerder',
    'Przewoźnik',
    'Taşıyıcı',
    'Перевозчик',
  ],
  trackingNumber: [
    'Tracking number',
    'Número de seguimiento',
    'Numéro de suivi',
    'Sendungsnummer',
    'Numero di spedizione',
    'Código de rastreamento',
    'Trackingnummer',
    'Numer przesyłki',
    'Takip numarası',
    'Номер отслеживания',
  ],
  exportReference: [
    'Export declaration',
    'Declaración de exportación',
    'Déclaration d’exportation',
    'Ausfuhranmeldung',
    'Dichiarazione di esportazione',
    'Declaração de exportação',
    'Uitvoeraangifte',
    'Zgłoszenie wywozowe',
    'İhracat beyannamesi',
    'Экспортная декларация',
  ],
  reason: [
    'Reason for export',
    'Motivo de la exportación',
    'Motif de l’exportation',
    'Grund der Ausfuhr',
    'Motivo dell’esportazione',
    'Motivo da exportação',
    'Reden van uitvoer',
    'Cel wywozu',
    'İhracat nedeni',
    'Причина вывоза',
  ],
  sale: [
    'Sale',
    'Venta',
    'Vente',
    'Verkauf',
    'Vendita',
    'Venda',
    'Verkoop',
    'Sprzedaż',
    'Satış',
    'Продажа',
  ],
  description: [
    'Description of goods',
    'Descripción de la mercancía',
    'Désignation des marchandises',
    'Warenbezeichnung',
    'Descrizione della merce',
    'Descrição da mercadoria',
    'Omschrijving van de goederen',
    'Opis towaru',
    'Mal tanımı',
    'Наименование товара',
  ],
  hsCode: [
    'HS code',
    'Código SA',
    'Code SH',
    'HS-Code',
    'Codice SA',
    'Código SH',
    'GS-code',
    'Kod HS',
    'GTİP',
    'Код ТН ВЭД',
  ],
  origin: [
    'Origin',
    'Origen',
    'Origine',
    'Ursprung',
    'Origine',
    'Origem',
    'Oorsprong',
    'Pochodzenie',
    'Menşe',
    'Происхождение',
  ],
  quantity: [
    'Quantity',
    'Cantidad',
    'Quantité',
    'Menge',
    'Quantità',
    'Quantidade',
    'Aantal',
    'Ilość',
    'Miktar',
    'Количество',
  ],
  weight: [
    'Weight',
    'Peso',
    'Poids',
    'Gewicht',
    'Peso',
    'Peso',
    'Gewicht',
    'Masa',
    'Ağırlık',
    'Вес',
  ],
  value: [
    'Value',
    'Valor',
    'Valeur',
    'Wert',
    'Valore',
    'Valor',
    'Waarde',
    'Wartość',
    'Değer',
    'Стоимость',
  ],
  goods: [
    'Goods',
    'Mercancía',
    'Marchandises',
    'Waren',
    'Merce',
    'Mercadoria',
    'Goederen',
    'Towary',
    'Mallar',
    'Товары',
  ],
  freight: [
    'Freight',
    'Flete',
    'Fret',
    'Fracht',
    'Nolo',
    'Frete',
    'Vracht',
    'Fracht',
    'Navlun',
    'Фрахт',
  ],
  insurance: [
    'Insurance',
    'Seguro',
    'Assurance',
    'Versicherung',
    'Assicurazione',
    'Seguro',
    'Verzekering',
    'Ubezpieczenie',
    'Sigorta',
    'Страхование',
  ],
  otherCharges: [
    'Other charges',
    'Otros cargos',
    'Autres frais',
    'Sonstige Kosten',
    'Altre spese',
    'Outros encargos',
    'Overige kosten',
    'Inne opłaty',
    'Diğer masraflar',
    'Прочие расходы',
  ],
  total: [
    'Total',
    'Total',
    'Total',
    'Gesamt',
    'Totale',
    'Total',
    'Totaal',
    'Razem',
    'Toplam',
    'Итого',
  ],
  declaration: [
    'We declare that the particulars in this document are true and correct.',
    'Declaramos que los datos de este documento son verdaderos y correctos.',
    'Nous déclarons que les indications de ce document sont exactes et véritables.',
    'Wir erklären, dass die Angaben in diesem Dokument wahr und richtig sind.',
    'Dichiariamo che i dati del presente documento sono veritieri e corretti.',
    'Declaramos que as informações deste documento são verdadeiras e corretas.',
    'Wij verklaren dat de gegevens in dit document waar en juist zijn.',
    'Oświadczamy, że dane w tym dokumencie są prawdziwe i poprawne.',
    'Bu belgedeki bilgilerin doğru olduğunu beyan ederiz.',
    'Заявляем, что сведения в этом документе достоверны и верны.',
  ],
  page: [
    'Page {n} of {of}',
    'Página {n} de {of}',
    'Page {n} sur {of}',
    'Seite {n} von {of}',
    'Pagina {n} di {of}',
    'Página {n} de {of}',
    'Pagina {n} van {of}',
    'Strona {n} z {of}',
    'Sayfa {n} / {of}',
    'Страница {n} из {of}',
  ],
};

/** The words in one language. */
export const wordsIn = (language: PaperLanguage): Words => {
  const column = paperLanguages.indexOf(language);
  return Object.fromEntries(
    Object.entries(rows).map(([word, texts]) => [word, texts[column] ?? '']),
  ) as Record<Word, string>;
};
