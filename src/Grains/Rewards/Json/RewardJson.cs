using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Json;
using Marketing.ValidationRules;

namespace Marketing.Rewards;

/// <summary>Rewards and their assignments in the wire format.</summary>
internal static class RewardJson
{
    /// <summary>A reward.</summary>
    /// <param name="reward">The reward.</param>
    /// <param name="counted">How many are left, and how often it was redeemed.</param>
    /// <param name="json">Where to.</param>
    public static void Write(RewardEntry reward, RewardCount counted, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteFields(reward, json);
        if (counted.Stock is { } stock)
        {
            json.WriteNumber("stock"u8, stock);
        }
        else
        {
            json.WriteNull("stock"u8);
        }

        json.WriteNumber("redeemed"u8, counted.Redeemed);
        json.WriteEndObject();
    }

    /// <summary>The fields of a reward that stand wherever it is shown, without what was counted.</summary>
    public static void WriteFields(RewardEntry reward, Utf8JsonWriter json)
    {
        var row = reward.Row;
        json.WriteString("id"u8, row.Id);
        json.WriteString("name"u8, row.Name);
        json.WriteString("type"u8, row.Type);
        json.WritePropertyName("parameters"u8);
        Copy(reward.Parameters, json);
        json.WritePropertyName("attributes"u8);
        Copy(reward.Attributes, json);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(row.Metadata.Utf8.Span, skipInputValidation: true);
        json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
        json.WriteString("updated_at"u8, row.UpdatedAt is { } updated ? WireJson.Text(updated) : null);
        json.WriteString("object"u8, "reward"u8);
    }

    public static RawJson Assignment(CatalogueSnapshot catalogue, RewardAssignmentEntry assignment) => WrittenJson.Of(json => WriteAssignment(catalogue, assignment, null, json));

    /// <summary>An assignment.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="assignment">The assignment.</param>
    /// <param name="cost">What it costs where that is not as the assignment says: in a tier.</param>
    /// <param name="json">Where to.</param>
    public static void WriteAssignment(CatalogueSnapshot catalogue, RewardAssignmentEntry assignment, long? cost, Utf8JsonWriter json)
    {
        var row = assignment.Row;
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("reward_id"u8, assignment.Reward.Id);
        json.WriteString("related_object_id"u8, catalogue.Section<CampaignSection>().Find(row.Campaign)?.Id);
        json.WriteString("related_object_type"u8, "campaign"u8);
        if ((cost ?? row.Points) is { } points && row.Points is not null)
        {
            json.WriteStartObject("parameters"u8);
            json.WriteStartObject("loyalty"u8);
            json.WriteNumber("points"u8, points);
            if (row.AutoRedeem)
            {
                json.WriteBoolean("auto_redeem"u8, true);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (catalogue.ValidationRules.AssignmentsOf(RewardAssignmentTarget.Kind, row.Id) is { Count: > 0 } rules)
        {
            RuleAssignmentShape.WriteList(rules, json);
        }

        json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
        json.WriteString("updated_at"u8, row.UpdatedAt is { } updated ? WireJson.Text(updated) : null);
        json.WriteString("object"u8, "reward_assignment"u8);
        json.WriteEndObject();
    }

    /// <summary>A reward with the assignment by which it is to be had.</summary>
    public static RawJson Pair(CatalogueSnapshot catalogue, RewardAssignmentEntry assignment, RewardCount counted, long cost, string kind) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("reward"u8);
        Write(assignment.Reward, counted, json);
        json.WritePropertyName("assignment"u8);
        WriteAssignment(catalogue, assignment, cost, json);
        json.WriteString("object"u8, kind);
        json.WriteEndObject();
    });

    private static void Copy(JsonElement value, Utf8JsonWriter json)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            value.WriteTo(json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }
}

/// <summary>What was counted of a reward.</summary>
/// <param name="Stock">How many are left; null for without a limit.</param>
/// <param name="Redeemed">How often it was redeemed, less what was taken back.</param>
internal readonly record struct RewardCount(long? Stock, long Redeemed);
