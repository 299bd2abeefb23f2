export interface Catalogue {
  triggers: {
    type: string;
    category: string;
    label: string;
    manual: boolean;
    requires: string[];
    optional: string[];
    /** What can make its messages needless before they go out. */
    exits?: string[];
    actions: { type: string; channels: string[] }[];
    variables: string[];
  }[];
  actions: { type: string; label: string }[];
  channels: ChannelDescriptor[];
}

/** What a channel's template consists of, where the catalogue says so. */
export interface ChannelField {
  name: string;
  kind: string;
  label?: string;
  help?: string;
  required?: boolean;
  default?: string;
  min?: number;
  max?: number;
  options?: string[];
}

/** What a connection with a provider consists of. */
export interface ProviderDescriptor {
  name: string;
  label: string;
  documentation?: string | null;
  receipts?: boolean;
  settings: ChannelField[];
  credentials: ChannelField[];
}

export interface ChannelDescriptor {
  type: string;
  label?: string;
  connection?: 'none' | 'optional' | 'required';
  content?: ChannelField[];
  providers?: ProviderDescriptor[];
}

export interface Trigger {
  type?: string;
  segment_id?: string;
  campaign_id?: string;
  custom_event?: string;
  loyalty_tier_id?: string;
  validation_rule_id?: string;
  include_current_members?: boolean;
  days?: number;
  points?: number;
}
