/** A resource of a template. */
export type Resource = {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: 'Retain';
  readonly UpdateReplacePolicy?: 'Retain';
  readonly Properties: Readonly<Record<string, unknown>>;
};

export type Resources = Readonly<Record<string, Resource>>;

/** A CloudFormation template as plain data. */
export type CloudFormationTemplate = {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, { readonly Description: string; readonly Value: unknown }>>;
};

export const topicId = 'AlarmTopic';
export const ref = (Ref: string) => ({ Ref });
/** What Fn::Sub puts the stack's own in the place of, such as `Region`. */
export const pseudo = (parameter: 'Partition' | 'Region' | 'AccountId'): string => `\${AWS::${parameter}}`;
export const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** Tags as CloudFormation has them; nothing where there are none. */
export const tagged = (tags: Readonly<Record<string, string>>): { readonly Tags?: readonly object[] } => {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return Tags.length === 0 ? {} : { Tags };
};
