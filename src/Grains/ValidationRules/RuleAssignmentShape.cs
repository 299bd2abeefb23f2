using System.Text.Json;

namespace Marketing.ValidationRules;

/// <summary>Assignments in the objects they are of.</summary>
internal static class RuleAssignmentShape
{
    /// <param name="assignments">All of the object's.</param>
    /// <param name="json">Where to.</param>
    /// <param name="field">As most objects call them; promotion tiers have a name of their own.</param>
    public static void WriteList(IReadOnlyList<RuleAssignment> assignments, Utf8JsonWriter json, string field = "validation_rules_assignments")
    {
        json.WriteStartObject(field);
        json.WriteString("object"u8, "list"u8);
        json.WriteString("data_ref"u8, "data"u8);
        json.WriteStartArray("data"u8);
        foreach (var assignment in assignments)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, assignment.Id);
            json.WriteString("rule_id"u8, assignment.RuleId);
            json.WriteString("related_object_id"u8, assignment.Target.ObjectId);
            json.WriteString("related_object_type"u8, assignment.Target.Type);
            json.WriteString("created_at"u8, WireJson.Text(assignment.CreatedAt));
            json.WriteString("object"u8, "validation_rules_assignment"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("total"u8, assignments.Count);
        json.WriteEndObject();
    }
}
