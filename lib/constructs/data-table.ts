import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

type StringKeys = { readonly partitionKey: string; readonly sortKey?: string };

export type DataTableProps = StringKeys & {
  /** The table as the functions know it: `EVENTS` becomes their `EVENTS_TABLE`. */
  readonly binding: string;
  readonly readActions: readonly string[];
  readonly writeActions: readonly string[];
  readonly indexes?: Readonly<Record<string, StringKeys>>;
  /** The attribute that says, in seconds of Unix time, from when on an item may be forgotten. */
  readonly timeToLiveAttribute?: string;
  /** Puts each new item on a stream, and refuses every rewrite by anyone. */
  readonly appendOnly?: boolean;
};

const stringAttribute = (name: string): dynamodb.Attribute => ({
  name,
  type: dynamodb.AttributeType.STRING,
});

const keySchema = ({ partitionKey, sortKey }: StringKeys) => ({
  partitionKey: stringAttribute(partitionKey),
  ...(sortKey === undefined ? {} : { sortKey: stringAttribute(sortKey) }),
});

/**
 * Refuses rewriting to every principal, administrators included, because a function's policy binds
 * only that function. What no policy can express is that a put must not replace an item: that is the
 * condition of the store's own put. Resource `*` stands for this table: a resource policy cannot name
 * the table it is part of before CloudFormation has named it.
 */
const rewriteRefusal = () =>
  new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'AppendOnly',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: [
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:BatchWriteItem',
          'dynamodb:PartiQLUpdate',
          'dynamodb:PartiQLDelete',
        ],
        resources: ['*'],
      }),
    ],
  });

/**
 * A table that holds what cannot be recreated.
 *
 * Defaults: string keys, on demand, encrypted under the AWS managed key, point-in-time recovery,
 * deletion protection, kept when the stack is deleted or the table replaced. With `appendOnly`:
 * a stream of new images, and a resource policy that denies update and delete to everyone.
 *
 * Which actions reading and writing mean is decided here once, per table, and granted by the verbs
 * of `ServiceFunction`.
 */
export class DataTable extends Construct {
  readonly table: dynamodb.Table;
  readonly binding: string;
  readonly readActions: readonly string[];
  readonly writeActions: readonly string[];
  private readonly indexNames: readonly string[];

  constructor(scope: Construct, id: string, props: DataTableProps) {
    super(scope, id);
    this.binding = props.binding;
    this.readActions = props.readActions;
    this.writeActions = props.writeActions;
    this.indexNames = Object.keys(props.indexes ?? {});
    this.table = new dynamodb.Table(this, 'Default', {
      ...keySchema(props),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(props.timeToLiveAttribute === undefined
        ? {}
        : { timeToLiveAttribute: props.timeToLiveAttribute }),
      ...(props.appendOnly === true
        ? { stream: dynamodb.StreamViewType.NEW_IMAGE, resourcePolicy: rewriteRefusal() }
        : {}),
    });
    for (const [indexName, keys] of Object.entries(props.indexes ?? {})) {
      this.table.addGlobalSecondaryIndex({ indexName, ...keySchema(keys) });
    }
  }

  /** Each index by name, so that no grant needs `index/*`. */
  get indexArns(): string[] {
    return this.indexNames.map((name) => `${this.table.tableArn}/index/${name}`);
  }

  /** @throws where the table has no stream. */
  get streamArn(): string {
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error(`${this.node.path} has no stream`);
    return tableStreamArn;
  }
}
