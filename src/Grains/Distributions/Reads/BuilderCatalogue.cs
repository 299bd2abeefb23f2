using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Templates;

namespace Marketing.Distributions;

/// <summary>What a builder of distributions can offer: every trigger with its actions, the channels they allow and the variables they bring.</summary>
internal sealed class BuilderCatalogue(ChannelRegistry channels, TemplateScopes scopes)
{
    public RawJson Document { get; } = new(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["object"] = "catalog",
        ["triggers"] = new JsonArray([.. TriggerCatalogue.All.Select(trigger => Trigger(trigger, channels, scopes))]),
        ["actions"] = new JsonArray([.. ActionCatalogue.All.Select(action => new JsonObject { ["type"] = action.Type, ["label"] = action.Label })]),
        ["channels"] = new JsonArray([.. channels.Types.Select(type => new JsonObject { ["type"] = type })]),
    }));

    private static JsonObject Trigger(TriggerDescriptor trigger, ChannelRegistry channels, TemplateScopes scopes) => new()
    {
        ["type"] = trigger.Type,
        ["category"] = trigger.Category,
        ["label"] = trigger.Label,
        ["manual"] = trigger.IsManual,
        ["requires"] = trigger.Selector is { } selector ? (trigger.CountsFrom is null ? new JsonArray(selector.Field) : new JsonArray(selector.Field, "days")) : trigger.IsManual ? new JsonArray("audience") : new JsonArray(),
        ["optional"] = trigger.TakesRule ? new JsonArray("validation_rule_id") : new JsonArray(),
        ["actions"] = new JsonArray([.. trigger.Actions.Select(type => new JsonObject
        {
            ["type"] = type,
            ["channels"] = new JsonArray([.. channels.Types
                .Where(channel => !trigger.IsManual || !ActionCatalogue.Find(type)!.ChannelsWithoutManual.Contains(channel))
                .Select(channel => (JsonNode)channel)]),
        })]),
        ["variables"] = Variables(scopes.Compose([.. DistributionShapes.Always, .. trigger.Variables]).Roots, ""),
    };

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
