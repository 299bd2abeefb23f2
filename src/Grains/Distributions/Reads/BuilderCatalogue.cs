using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Templates;

namespace Marketing.Distributions;

/// <summary>What a builder of distributions can offer: every trigger with its actions, the channels they allow and the variables they bring.</summary>
internal sealed class BuilderCatalogue(ChannelRegistry channels, ProviderRegistry providers, TemplateScopes scopes)
{
    public RawJson Document { get; } = new(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["object"] = "catalog",
        ["triggers"] = new JsonArray([.. TriggerCatalogue.All.Select(trigger => Trigger(trigger, channels, scopes))]),
        ["actions"] = new JsonArray([.. ActionCatalogue.All.Select(action => new JsonObject { ["type"] = action.Type, ["label"] = action.Label })]),
        ["channels"] = new JsonArray([.. channels.All.Select(channel => Channel(channel, providers))]),
    }));

    private static JsonObject Trigger(TriggerDescriptor trigger, ChannelRegistry channels, TemplateScopes scopes) => new()
    {
        ["type"] = trigger.Type,
        ["category"] = trigger.Category,
        ["label"] = trigger.Label,
        ["manual"] = trigger.IsManual,
        ["requires"] = new JsonArray([.. Required(trigger).Select(static field => (JsonNode)field)]),
        ["exits"] = new JsonArray([.. ExitConditions.Of(trigger).Select(static condition => (JsonNode)condition)]),
        ["optional"] = new JsonArray([.. Optional(trigger).Select(static field => (JsonNode)field)]),
        ["actions"] = new JsonArray([.. trigger.Actions.Select(type => new JsonObject
        {
            ["type"] = type,
            ["channels"] = new JsonArray([.. channels.Types
                .Where(channel => ChannelMatrix.Carries(channel, trigger.Type, type))
                .Select(channel => (JsonNode)channel)]),
        })]),
        ["variables"] = Variables(scopes.Compose([.. DistributionShapes.Always, .. trigger.Variables]).Roots, ""),
    };

    private static IEnumerable<string> Required(TriggerDescriptor trigger)
    {
        if (trigger.IsManual)
        {
            yield return "audience";
        }

        if (trigger.Selector is { } selector)
        {
            yield return selector.Field;
        }

        if (trigger.NeedsDays)
        {
            yield return "days";
        }

        if (trigger.TakesPoints)
        {
            yield return "points";
        }
    }

    private static IEnumerable<string> Optional(TriggerDescriptor trigger)
    {
        if (trigger.TakesRule)
        {
            yield return "validation_rule_id";
        }

        if (trigger.TakesTier)
        {
            yield return "loyalty_tier_id";
        }
    }

    private static JsonObject Channel(IChannel channel, ProviderRegistry providers) => new()
    {
        ["type"] = channel.Type,
        ["label"] = ChannelMatrix.Find(channel.Type)?.Label ?? providers.Of(channel.Type).FirstOrDefault()?.Descriptor.Label ?? channel.Type,
        ["connection"] = channel.Connections switch { ConnectionUse.Required => "required", ConnectionUse.Optional => "optional", _ => "none" },
        ["content"] = new JsonArray([.. channel.Content.Select(Field)]),
        ["providers"] = new JsonArray([.. providers.Of(channel.Type).Select(static provider => new JsonObject
        {
            ["name"] = provider.Descriptor.Name,
            ["label"] = provider.Descriptor.Label,
            ["documentation"] = provider.Descriptor.Documentation,
            ["receipts"] = provider.Descriptor.GivesReceipts,
            ["settings"] = new JsonArray([.. provider.Descriptor.Fields.Where(static field => field.Kind != EntryKind.Secret).Select(Field)]),
            ["credentials"] = new JsonArray([.. provider.Descriptor.Fields.Where(static field => field.Kind == EntryKind.Secret).Select(Field)]),
        })]),
    };

    private static JsonObject Field(FieldDescriptor field)
    {
        var shown = new JsonObject { ["name"] = field.Name, ["kind"] = field.Kind.ToString().ToLowerInvariant(), ["label"] = field.Label, ["required"] = field.Required };
        if (field.Help is not null)
        {
            shown["help"] = field.Help;
        }

        if (field.Default is not null)
        {
            shown["default"] = field.Default;
        }

        if (field.Kind == EntryKind.Number)
        {
            shown["min"] = field.Min;
        }

        if (field.Kind is not (EntryKind.Flag or EntryKind.Choice))
        {
            shown["max"] = field.Max;
        }

        if (field.Options.Count > 0)
        {
            shown["options"] = new JsonArray([.. field.Options.Select(static option => (JsonNode)option)]);
        }

        return shown;
    }

    private static JsonArray Variables(IReadOnlyDictionary<string, VariableShape> shapes, string prefix)
    {
        var names = new JsonArray();
        foreach (var (name, shape) in shapes)
        {
            if (shape.Fields is { Count: > 0 } fields)
            {
                foreach (var below in Variables(fields, $"{prefix}{name}."))
                {
                    names.Add(below!.DeepClone());
                }
            }
            else
            {
                names.Add(shape.Fields is null ? $"{prefix}{name}.*" : $"{prefix}{name}");
            }
        }

        return names;
    }
}
