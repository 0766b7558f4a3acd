import * as z from 'zod';

/*
 * What DHL's published description of the MyDHL API 3.1.1 takes and answers, as far as we call it: written
 * by hand from that description, with its required fields, lengths and lists, and no field beside.
 */

const text = (minimum: number, maximum: number) => z.string().min(minimum).max(maximum);
const currency = text(3, 3);
const country = text(2, 2);
const thousandths = z.number().min(0.001).multipleOf(0.001);
const metric = z.literal('metric');
const time = text(1, 29).regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d ?GMT[+-]\d\d:\d\d$/);

const Account = z.strictObject({
  typeCode: z.enum(['shipper', 'payer', 'duties-taxes']),
  number: text(1, 12),
});

const Address = z.strictObject({
  postalCode: text(0, 12),
  cityName: text(1, 45),
  countryCode: country,
  provinceCode: text(2, 35).optional(),
  addressLine1: text(1, 45),
  addressLine2: text(1, 45).optional(),
  addressLine3: text(1, 45).optional(),
});

const Party = z.strictObject({
  postalAddress: Address,
  contactInformation: z.strictObject({
    email: text(1, 70).optional(),
    phone: text(1, 70),
    companyName: text(1, 100),
    fullName: text(1, 255),
  }),
});

const RatedPackage = z.strictObject({
  weight: thousandths,
  dimensions: z.strictObject({ length: thousandths, width: thousandths, height: thousandths }),
});

const Reference = z.strictObject({ value: text(1, 35), typeCode: text(2, 3) });

const shared = {
  customerDetails: z.strictObject({ shipperDetails: Address, receiverDetails: Address }),
  unitOfMeasurement: metric,
  isCustomsDeclarable: z.boolean(),
  packages: z.array(RatedPackage).min(1).max(999),
};

const RatesRequest = z.strictObject({
  ...shared,
  accounts: z.array(Account).max(2),
  plannedShippingDateAndTime: time,
});

const LandedCostRequest = z.strictObject({
  ...shared,
  accounts: z.array(Account).max(5),
  currencyCode: currency,
  isDTPRequested: z.boolean(),
  getCostBreakdown: z.boolean(),
  shipmentPurpose: z.enum(['commercial', 'personal']),
  transportationMode: z.enum(['air', 'ocean', 'ground']),
  merchantSelectedCarrierName: z.enum(['DHL', 'UPS', 'FEDEX', 'TNT', 'POST', 'OTHERS']),
  items: z
    .array(
      z.strictObject({
        number: z.int().min(1).max(1_000),
        description: text(1, 255),
        manufacturerCountry: country,
        quantity: z.number().multipleOf(0.001),
        quantityType: z.enum(['prt', 'box']),
        unitPrice: z.number(),
        unitPriceCurrencyCode: currency,
        commodityCode: text(1, 18),
        weight: z.number().multipleOf(0.001),
        weightUnitOfMeasurement: z.enum(['metric', 'imperial']),
      }),
    )
    .min(1)
    .max(1_000),
});

const LineItem = z.strictObject({
  number: z.int().min(1).max(999),
  description: text(1, 512),
  price: z.number().min(0),
  quantity: z.strictObject({ value: z.int().min(1), unitOfMeasurement: z.enum(['PCS', 'BOX']) }),
  commodityCodes: z
    .array(z.strictObject({ typeCode: z.enum(['outbound', 'inbound']), value: text(2, 18) }))
    .max(2),
  exportReasonType: z.enum(['permanent', 'temporary', 'return', 'sample', 'gift']),
  manufacturerCountry: country,
  weight: z.strictObject({
    netValue: z.number().min(0).multipleOf(0.001),
    grossValue: z.number().min(0).multipleOf(0.001),
  }),
});

const ShipmentRequest = z.strictObject({
  plannedShippingDateAndTime: time,
  pickup: z.strictObject({ isRequested: z.boolean() }),
  productCode: text(1, 6),
  accounts: z.array(Account).min(1).max(3),
  valueAddedServices: z
    .array(
      z.strictObject({
        serviceCode: text(1, 3),
        value: z.number().optional(),
        currency: currency.optional(),
      }),
    )
    .max(99)
    .optional(),
  outputImageProperties: z
    .strictObject({
      encodingFormat: z.enum(['pdf', 'zpl', 'lp2', 'epl']).optional(),
      imageOptions: z.array(
        z.strictObject({
          typeCode: z.enum(['label', 'waybillDoc', 'invoice', 'qr-code', 'shipmentReceipt']),
          templateName: text(1, 25).optional(),
          isRequested: z.boolean().optional(),
          invoiceType: z.enum(['commercial', 'proforma', 'returns']).optional(),
        }),
      ),
    })
    .optional(),
  customerReferences: z.array(Reference).max(999),
  customerDetails: z.strictObject({ shipperDetails: Party, receiverDetails: Party }),
  content: z.strictObject({
    packages: z
      .array(RatedPackage.extend({ customerReferences: z.array(Reference).min(1) }))
      .min(1)
      .max(999),
    isCustomsDeclarable: z.boolean(),
    declaredValue: z.number().min(0).optional(),
    declaredValueCurrency: currency.optional(),
    exportDeclaration: z
      .strictObject({
        lineItems: z.array(LineItem).min(1).max(999),
        invoice: z.strictObject({ number: text(1, 35), date: z.iso.date() }),
        exportReference: text(0, 40).optional(),
        exportReason: text(1, 30),
      })
      .optional(),
    description: text(1, 70).regex(/^\S/),
    USFilingTypeValue: text(1, 20).optional(),
    incoterm: z.string().regex(/^(EXW|FCA|CPT|CIP|DPU|DAP|DDP|FAS|FOB|CFR|CIF)$/),
    unitOfMeasurement: metric,
  }),
});

const PickupRequest = z.strictObject({
  plannedPickupDateAndTime: time,
  closeTime: z.string().regex(/^([0-1][0-9]|2[0-3]):([0-5][0-9])$/),
  location: text(0, 80),
  locationType: z.enum(['business', 'residence']),
  accounts: z.array(Account).min(1).max(5),
  specialInstructions: z
    .array(z.strictObject({ value: text(0, 80), typeCode: text(2, 3) }))
    .max(4)
    .optional(),
  remark: z.string(),
  customerDetails: z.strictObject({ shipperDetails: Party }),
  shipmentDetails: z
    .array(
      z.strictObject({
        productCode: text(1, 6),
        accounts: z.array(Account).max(5),
        isCustomsDeclarable: z.boolean(),
        unitOfMeasurement: metric,
        shipmentTrackingNumber: z.string(),
        packages: z.array(RatedPackage).min(1).max(999),
      }),
    )
    .min(1),
});

const Price = z.strictObject({
  currencyType: z.enum(['BILLC', 'PULCL', 'BASEC']),
  priceCurrency: z.string(),
  price: z.number(),
});

const Rates = z.strictObject({
  products: z.array(
    z.strictObject({
      productName: z.string().optional(),
      productCode: z.string(),
      networkTypeCode: z.string().optional(),
      weight: z.strictObject({ provided: z.number(), unitOfMeasurement: z.string() }),
      totalPrice: z.array(Price),
      deliveryCapabilities: z
        .strictObject({
          deliveryTypeCode: z.string(),
          estimatedDeliveryDateAndTime: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        })
        .optional(),
      items: z
        .array(
          z.strictObject({
            number: z.number(),
            breakdown: z.array(
              z.strictObject({
                name: z.string(),
                typeCode: z.enum(['DUTY', 'TAX', 'FEE']),
                price: z.number(),
                priceCurrency: z.string(),
              }),
            ),
          }),
        )
        .optional(),
      pricingDate: z.iso.date().optional(),
    }),
  ),
});

const Images = z.strictObject({
  documents: z.array(
    z.strictObject({ typeCode: z.string(), encodingFormat: z.string(), content: z.base64() }),
  ),
});

const Event = z.strictObject({
  date: z.iso.date(),
  time: z.string().regex(/^\d\d:\d\d:\d\d$/),
  GMTOffset: z.string().regex(/^[+-]\d\d:\d\d$/),
  typeCode: z.string(),
  description: z.string(),
  serviceArea: z.array(z.strictObject({ code: z.string(), description: z.string() })),
});

const Tracking = z.strictObject({
  shipments: z.array(
    z.strictObject({
      shipmentTrackingNumber: z.string(),
      status: z.string(),
      productCode: text(1, 1),
      events: z.array(Event),
      pieces: z.array(
        z.strictObject({
          number: z.number(),
          trackingNumber: z.string(),
          events: z.array(Event),
        }),
      ),
    }),
  ),
});

const Shipment = z.strictObject({
  shipmentTrackingNumber: z.string(),
  packages: z
    .array(z.strictObject({ referenceNumber: z.int().min(1), trackingNumber: text(1, 100) }))
    .max(999),
  documents: z.array(
    z.strictObject({ imageFormat: z.string(), content: z.base64(), typeCode: z.string() }),
  ),
  shipmentCharges: z.array(z.unknown()).optional(),
});

const Pickup = z.strictObject({
  dispatchConfirmationNumbers: z.array(z.string()).max(999),
  readyByTime: z.string().optional(),
  nextPickupDate: z.string().optional(),
});

/** What a refusal looks like; its `status` is text. */
export const Problem = z.strictObject({
  instance: z.string(),
  detail: z.string(),
  title: z.string(),
  status: z.string().regex(/^\d{3}$/),
  additionalDetails: z.array(z.string()).optional(),
});

type Exchange = { readonly request?: z.ZodType; readonly answer: z.ZodType };

/** Each call that is made, by method and path: what is sent, and what comes back. */
export const exchanges: Readonly<Record<string, Exchange>> = {
  'POST /rates': { request: RatesRequest, answer: Rates },
  'POST /landed-cost': { request: LandedCostRequest, answer: Rates },
  'POST /shipments': { request: ShipmentRequest, answer: Shipment },
  'POST /pickups': { request: PickupRequest, answer: Pickup },
  'DELETE /pickups/{number}': { answer: z.looseObject({}) },
  'GET /tracking': { answer: Tracking },
  'GET /shipments/{number}/tracking': { answer: Tracking },
  'GET /shipments/{number}/get-image': { answer: Images },
  'GET /shipments/{number}/proof-of-delivery': { answer: Images },
};
